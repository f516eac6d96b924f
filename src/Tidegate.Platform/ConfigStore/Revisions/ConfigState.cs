using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Tidegate.Core.Ports;
using Tidegate.Core.Resources.Writing;
using Tidegate.Platform.ConfigStore.Overlays;
using Tidegate.Platform.ConfigStore.Publishing;
using Tidegate.Platform.Hosting;
using Tidegate.Platform.Storage;

namespace Tidegate.Platform.ConfigStore.Revisions;

/// <summary>
/// Revisions and overlays as JSON lines: a header, the rows, and how many there are, so that a shortened file is noticed. Documents stand in them as they are
/// kept, compressed. Other nodes that run a higher revision than the imported ones have to be restarted: numbers only ever grow for them.
/// </summary>
internal sealed class ConfigState(StateStore store, ConfigPublisher publisher) : IDurableState
{
    private const string Format = "tidegate-config-1";
    private static readonly byte[] NewLine = "\n"u8.ToArray();
    private static readonly JsonSerializerOptions Sparse = new(ApiJson.Options) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public string Name => "revisions";

    public async Task ExportAsync(Stream destination, CancellationToken cancel)
    {
        var (numbers, overlays) = await store.SnapshotAsync(async (db, inner) => (
            await db.Set<RevisionRow>().OrderBy(row => row.Number).Select(row => row.Number).ToListAsync(inner),
            await db.Set<OverlayRow>().OrderBy(row => row.Sequence).ToListAsync(inner)), cancel);
        await WriteAsync(destination, new Line { Format = Format }, cancel);
        // Revisions never change, so rows read at different moments agree; one document in memory at a time.
        foreach (var number in numbers)
        {
            var row = await store.ReadAsync((db, inner) => db.Set<RevisionRow>().FirstAsync(r => r.Number == number, inner), cancel);
            await WriteAsync(destination, new Line { Revision = row }, cancel);
        }

        foreach (var overlay in overlays) await WriteAsync(destination, new Line { Overlay = overlay }, cancel);
        await WriteAsync(destination, new Line { End = numbers.Count + overlays.Count }, cancel);
    }

    public async Task ImportAsync(Stream source, CancellationToken cancel)
    {
        using var reader = new StreamReader(source, Encoding.UTF8, leaveOpen: true);
        var header = Parse(await reader.ReadLineAsync(cancel) ?? "", 1);
        if (header.Format != Format) throw new InvalidDataException($"This is not a configuration export: its format is '{header.Format}', expected '{Format}'. Nothing was replaced.");
        await store.ChangeAsync(async (db, inner) =>
        {
            await db.Set<RevisionRow>().ExecuteDeleteAsync(inner);
            await db.Set<OverlayRow>().ExecuteDeleteAsync(inner);
            await ReadRowsAsync(db, reader, inner);
        }, cancel);
        await publisher.ReplaceAsync(cancel);
    }

    public async Task<IReadOnlyList<string>> VerifyAsync(CancellationToken cancel)
    {
        var problems = new List<string>();
        var numbers = await store.ReadAsync((db, inner) => db.Set<RevisionRow>().OrderBy(row => row.Number).Select(row => row.Number).ToListAsync(inner), cancel);
        long before = 0;
        foreach (var number in numbers)
        {
            var row = await store.ReadAsync((db, inner) => db.Set<RevisionRow>().FirstAsync(r => r.Number == number, inner), cancel);
            if (Problem(row, before) is { } problem) problems.Add(problem);
            before = number;
        }

        return problems;
    }

    private static async Task ReadRowsAsync(StateDb db, StreamReader reader, CancellationToken cancel)
    {
        long count = 0, before = 0;
        for (var number = 2; await reader.ReadLineAsync(cancel) is { } text; number++)
        {
            var line = Parse(text, number);
            if (line.End is { } end)
            {
                if (end != count) throw new InvalidDataException($"The configuration export says {end} lines and has {count}. Nothing was replaced.");
                return;
            }

            if (line.Revision is { } revision)
            {
                if (Problem(revision, before) is { } problem) throw new InvalidDataException($"The configuration export does not verify: {problem} Nothing was replaced.");
                before = revision.Number;
            }

            db.Add((object?)line.Revision ?? line.Overlay ?? throw new InvalidDataException($"Line {number} of the configuration export does not belong there. Nothing was replaced."));
            count++;
            await db.SaveChangesAsync(cancel);
            db.ChangeTracker.Clear();
        }

        throw new InvalidDataException("The configuration export was cut off: its last line is missing. Nothing was replaced.");
    }

    private static string? Problem(RevisionRow row, long before)
    {
        if (row.Number != before + 1 || row.Parent != before) return $"Revision {row.Number} (made from {row.Parent}) follows revision {before}.";
        try
        {
            var canonical = DocumentBytes.Expand(row.Document);
            if (DocumentWriter.Hash(canonical) != row.Hash) return $"The document of revision {row.Number} is not the one its hash was made of.";
            DocumentBytes.Parse(Encoding.UTF8.GetString(canonical), $"revision {row.Number}");
            return null;
        }
        catch (Exception damaged) when (damaged is InvalidDataException or InvalidOperationException)
        {
            return $"The document of revision {row.Number} is damaged: {damaged.Message}";
        }
    }

    private static Line Parse(string text, int number)
    {
        try
        {
            return JsonSerializer.Deserialize<Line>(text, ApiJson.Options) ?? throw new JsonException("it holds nothing");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"Line {number} of the configuration export cannot be read: {error.Message} Nothing was replaced.", error);
        }
    }

    private static async Task WriteAsync(Stream destination, Line line, CancellationToken cancel)
    {
        await JsonSerializer.SerializeAsync(destination, line, Sparse, cancel);
        await destination.WriteAsync(NewLine, cancel);
    }

    private sealed record Line
    {
        public string? Format { get; init; }

        public RevisionRow? Revision { get; init; }

        public OverlayRow? Overlay { get; init; }

        public long? End { get; init; }
    }
}
