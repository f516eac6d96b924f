using System.Buffers.Binary;
using DuckDB.NET.Data;
using Tidegate.Core.Calls;

namespace Tidegate.Insight.CallLog.Segments;

/// <summary>
/// One column of the tables <c>calls</c> and <c>bare_calls</c>: how it is stored, read and filled. The order of the list is the order of the table. A bare call, one of no model and
/// with nothing else in the rare columns, stands in the second, which has none of them: to write 24 times that something is not known is a third of the work.
/// </summary>
/// <param name="Name">In the tables and in the view.</param>
/// <param name="Type">DuckDB type.</param>
/// <param name="View">Expression of the view; null when it is not in the view.</param>
/// <param name="Append">Writes the value of a call.</param>
internal sealed record CallColumn(string Name, string Type, string? View, Func<IDuckDBAppenderRow, CallRecord, IDuckDBAppenderRow> Append)
{
    private const string Raw = " USING COMPRESSION uncompressed"; // random bits: trying to compress them costs more than writing them

    private static readonly string[] Protocols = ["", "HTTP/1.0", "HTTP/1.1", "HTTP/2", "HTTP/3"];
    private static readonly string[] Kinds = ["", "http", "grpc", "websocket", "sse", "model", "shadow"];

    /// <summary>All, in the order of the table <c>calls</c>.</summary>
    public static CallColumn[] All { get; } =
    [
        new("id", "UUID" + Raw, "id", static (row, c) => row.AppendValue(c.Id)),
        new("trace_id", "UUID" + Raw, "trace_id", static (row, c) => TraceId(c) is { } id ? row.AppendValue(id) : row.AppendNullValue()),
        new("span_id", "UBIGINT" + Raw, "printf('%016x', span_id)", static (row, c) => row.AppendValue(c.SpanId)),
        new("started_at", "TIMESTAMP", "started_at", static (row, c) => row.AppendValue(c.StartedAt.UtcDateTime)),
        Number("duration_us", static c => c.DurationUs),
        IfHappened("upstream_first_byte_us", static c => c.UpstreamFirstByteUs),
        IfHappened("first_byte_us", static c => c.FirstByteUs),
        Text("route", static c => c.Route),
        Text("service", static c => c.Service),
        OftenEmpty("version", static c => c.Version),
        OftenEmpty("consumer", static c => c.Consumer),
        OftenEmpty("key_id", static c => c.KeyId),
        OftenEmpty("destination", static c => c.Destination),
        Text("method", static c => c.Method),
        Text("host", static c => c.Host),
        Text("path", static c => c.Path),
        Text("client_ip", static c => c.ClientIp),
        Word("protocol", Protocols, static c => c.Protocol),
        Word("kind", Kinds, static c => c.Kind),
        Short("status", static c => c.Status),
        new("grpc_status", "SMALLINT", "grpc_status", static (row, c) => c.GrpcStatus < 0 ? row.AppendNullValue() : row.AppendValue(ToShort(c.GrpcStatus))),
        Word("outcome", CallOutcomes.All, static c => c.Outcome.Word()),
        new("failed", "BOOLEAN", "failed", static (row, c) => row.AppendValue(c.Outcome.IsServiceFailure())),
        Number("request_bytes", static c => c.RequestBytes),
        Number("response_bytes", static c => c.ResponseBytes),
        OftenEmpty("error", static c => c.Error),
        OftenEmpty("why", static c => c.Why),
        Number("revision", static c => c.Revision),
        Short("attempts", static c => c.AttemptCount),
        new("attempt_start_us", "BIGINT", null, static (row, c) => AttemptColumn.IsPlain(c) ? row.AppendValue(c.Attempt(0).StartUs) : row.AppendNullValue()),
        new("attempt_duration_us", "BIGINT", null, static (row, c) => AttemptColumn.IsPlain(c) ? row.AppendValue(c.Attempt(0).DurationUs) : row.AppendNullValue()),
        .. Array.ConvertAll<CallColumn, CallColumn>(
        [
            .. UseColumn.All.Select(use => new CallColumn(use.Name, use.Type, use.View, (row, c) => use.Append(row, c.Use)) { Since = use.Since }),
            new("other_cost", UseColumn.Money, "other_cost", static (row, c) => UseColumn.AppendMoney(row, OtherCost.Of(c))) { Since = UseColumn.First },
            OftenEmpty("prompt", static c => c.Prompt) with { Since = 3 },
            .. ShadowColumn.All,
            .. FactColumn.OfModels,
        ], static column => column with { IsRare = true }),
        FactColumn.Age,
    ];

    /// <summary>Those of all calls, in the order of the table <c>bare_calls</c>.</summary>
    public static CallColumn[] Common { get; } = [.. All.Where(c => !c.IsRare)];

    /// <summary>Version of the tables since which it is there.</summary>
    public int Since { get; init; } = 1;

    /// <summary>NULL in a bare call, and not in their table.</summary>
    public bool IsRare { get; private init; }

    /// <summary>The call has nothing in the rare columns.</summary>
    public static bool IsBare(CallRecord call) =>
        call is { Use: null, Shadow: null, Prompt.Length: 0 } && CallQuality.Cache(call).Length == 0 && !CallQuality.Refused(call) && CallQuality.SchemaValid(call) is null;

    /// <summary>The expression of the view over a table.</summary>
    public string ViewOf(in CallTable table) => table.Has(Since, IsRare) ? View! : UseColumn.Missing(View!, Type);

    private static CallColumn Number(string name, Func<CallRecord, long> read) => new(name, "BIGINT", name, (row, c) => row.AppendValue(read(c)));

    private static CallColumn Short(string name, Func<CallRecord, int> read) => new(name, "SMALLINT", name, (row, c) => row.AppendValue(ToShort(read(c))));

    private static CallColumn IfHappened(string name, Func<CallRecord, long> read) =>
        new(name, "BIGINT", name, (row, c) => read(c) is var value and >= 0 ? row.AppendValue(value) : row.AppendNullValue());

    private static CallColumn Text(string name, Func<CallRecord, string> read) => new(name, "VARCHAR", name, (row, c) => row.AppendValue(read(c)));

    // A NULL costs a third of an empty text to append and to compress (docs/decisions); the view shows it as the empty text it was.
    internal static CallColumn OftenEmpty(string name, Func<CallRecord, string> read) =>
        new(name, "VARCHAR", $"coalesce({name}, '')", (row, c) => read(c) is { Length: > 0 } text ? row.AppendValue(text) : row.AppendNullValue());

    private static CallColumn Word(string name, IReadOnlyList<string> words, Func<CallRecord, string> read)
    {
        var known = words.ToHashSet(StringComparer.Ordinal);
        var type = $"ENUM({string.Join(", ", words.Append("other").Select(w => $"'{w}'"))})";
        return new(name, type, $"{name}::VARCHAR", (row, c) => row.AppendValue(read(c) is var word && known.Contains(word) ? word : "other"));
    }

    internal static short ToShort(int value) => (short)Math.Clamp(value, short.MinValue, short.MaxValue);

    /// <summary>The trace id as it is stored; null when there is none.</summary>
    public static Guid? TraceId(CallRecord call)
    {
        if (call.TraceId == 0) return null;
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, call.TraceId);
        return new(bytes, bigEndian: true);
    }
}
