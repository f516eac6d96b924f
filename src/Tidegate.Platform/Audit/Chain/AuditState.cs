using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Tidegate.Core.Ports;
using Tidegate.Platform.Hosting;
using Tidegate.Platform.Storage;

namespace Tidegate.Platform.Audit.Chain;

/// <summary>The trail as JSON lines: a header that names the chain, the rows, and the end, so that a shortened file is noticed.</summary>
internal sealed partial class AuditState(StateStore store, AuditTrail trail, AnchorFile anchor, ILogger<AuditState> logger) : IDurableState
{
    private const string Format = "tidegate-audit-1";
    private const int Piece = 1000;
    private static readonly byte[] NewLine = "\n"u8.ToArray();

    public string Name => "audit";

    public async Task ExportAsync(Stream destination, CancellationToken cancel)
    {
        var head = await store.ReadAsync((db, inner) => db.Set<AuditHead>().SingleOrDefaultAsync(inner), cancel);
        await WriteAsync(destination, new ExportHeader(Format, head?.Chain ?? store.Installation), cancel);
        // Rows never change, so pieces read at different moments agree; no reader is held while a slow client takes its time.
        for (long last = 0, end = head?.Sequence ?? 0; last < end;)
        {
            var from = last;
            var rows = await store.ReadAsync((db, inner) =>
                db.Set<AuditRow>().Where(row => row.Sequence > from && row.Sequence <= end).OrderBy(row => row.Sequence).Take(Piece).ToListAsync(inner), cancel);
            foreach (var row in rows) await WriteAsync(destination, row, cancel);
            if (rows.Count == 0) break;
            last = rows[^1].Sequence;
        }

        await WriteAsync(destination, new ExportEnd(head?.Sequence ?? 0, head?.Hash ?? ""), cancel);
    }

    public async Task ImportAsync(Stream source, CancellationToken cancel)
    {
        using var reader = new StreamReader(source, Encoding.UTF8, leaveOpen: true);
        var header = Read<ExportHeader>(await reader.ReadLineAsync(cancel), 1);
        if (header.Format != Format) throw new InvalidDataException($"This is not an audit export: its format is '{header.Format}', expected '{Format}'.");
        await store.ChangeAsync(async (db, inner) =>
        {
            await db.Set<AuditRow>().ExecuteDeleteAsync(inner);
            await db.Set<AuditHead>().ExecuteDeleteAsync(inner);
            var end = await ReadRowsAsync(db, reader, header.Chain, inner);
            if (end.Sequence == 0) return;
            db.Add(new AuditHead { Chain = header.Chain, Sequence = end.Sequence, Hash = end.Hash });
            db.OnCommitted(() =>
            {
                Log.Replaced(logger, end.Sequence, end.Hash);
                anchor.Replace(header.Chain, end.Sequence, end.Hash);
            });
        }, cancel);
    }

    public async Task<IReadOnlyList<string>> VerifyAsync(CancellationToken cancel) =>
        [.. (await trail.VerifyAsync([], cancel)).Problems.Select(problem => $"audit row {problem.Sequence}: {problem.Detail}")];

    private static async Task<ExportEnd> ReadRowsAsync(StateDb db, StreamReader reader, string chain, CancellationToken cancel)
    {
        var walk = new ChainWalk(chain, []);
        for (var number = 2; await reader.ReadLineAsync(cancel) is { } line; number++)
        {
            if (line.StartsWith("{\"end\"", StringComparison.Ordinal))
            {
                var end = Read<ExportEnd>(line, number);
                walk.End(end.Sequence == 0 ? null : new AuditAnchor(end.Sequence, end.Hash));
                if (walk.Result() is { Sound: false } bad) throw new InvalidDataException($"The export does not verify, nothing was replaced: {bad.Problems[0].Detail}");
                await FlushAsync(db, cancel);
                return end;
            }

            var row = Read<AuditRow>(line, number);
            walk.Take(row);
            db.Add(row);
            if (number % Piece == 0) await FlushAsync(db, cancel);
        }

        throw new InvalidDataException("The export was cut off: its last line is missing. Nothing was replaced.");
    }

    private static async Task FlushAsync(StateDb db, CancellationToken cancel)
    {
        await db.SaveChangesAsync(cancel);
        db.ChangeTracker.Clear();
    }

    private static T Read<T>(string? line, int number)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(line ?? "", ApiJson.Options) ?? throw new JsonException("null");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"Line {number} of the audit export cannot be read: {error.Message}", error);
        }
    }

    private static async Task WriteAsync<T>(Stream destination, T line, CancellationToken cancel)
    {
        await JsonSerializer.SerializeAsync(destination, line, ApiJson.Options, cancel);
        await destination.WriteAsync(NewLine, cancel);
    }

    private sealed record ExportHeader(string Format, string Chain);

    private sealed record ExportEnd([property: System.Text.Json.Serialization.JsonPropertyName("end")] long Sequence, string Hash);

    private static partial class Log
    {
        [LoggerMessage(2101, LogLevel.Warning, "The audit trail was replaced by an import; it now ends at {Sequence}, hash {Hash}")]
        public static partial void Replaced(ILogger logger, long sequence, string hash);
    }
}
