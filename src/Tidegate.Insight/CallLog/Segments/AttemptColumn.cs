using DuckDB.NET.Data;
using Tidegate.Core.Calls;

namespace Tidegate.Insight.CallLog.Segments;

/// <summary>
/// One column of the table <c>attempts</c>. A call with one plain attempt, nearly every call, has no row there: what is known of the attempt stands in
/// the call, and the view <c>attempts</c> shows it. That halves the work of writing.
/// </summary>
/// <param name="Name">In the table and in the view.</param>
/// <param name="Type">DuckDB type.</param>
/// <param name="View">Expression over the table.</param>
/// <param name="OfPlainCall">Expression over the table <c>calls</c> for a plain attempt.</param>
/// <param name="Append">Writes the value of an attempt of a call.</param>
internal sealed record AttemptColumn(
    string Name, string Type, string View, string OfPlainCall, Func<IDuckDBAppenderRow, CallRecord, int, IDuckDBAppenderRow> Append)
{
    public static AttemptColumn[] All { get; } =
    [
        new("call_id", "UUID", "call_id", "id", static (row, c, _) => row.AppendValue(c.Id)),
        new("started_at", "TIMESTAMP", "started_at", "started_at", static (row, c, _) => row.AppendValue(c.StartedAt.UtcDateTime)),
        new("index", "SMALLINT", "index", "0::SMALLINT", static (row, _, i) => row.AppendValue(CallColumn.ToShort(i))),
        new("service", "VARCHAR", "service", "service", static (row, c, _) => row.AppendValue(c.Service)),
        new("destination", "VARCHAR", "destination", "coalesce(destination, '')", static (row, c, i) => row.AppendValue(c.Attempt(i).Destination)),
        new("start_us", "BIGINT", "start_us", "attempt_start_us", static (row, c, i) => row.AppendValue(c.Attempt(i).StartUs)),
        new("duration_us", "BIGINT", "duration_us", "attempt_duration_us", static (row, c, i) => row.AppendValue(c.Attempt(i).DurationUs)),
        new("status", "SMALLINT", "status", "status", static (row, c, i) => row.AppendValue(CallColumn.ToShort(c.Attempt(i).Status))),
        new("outcome", "VARCHAR", "outcome", "outcome::VARCHAR", static (row, c, i) => row.AppendValue(c.Attempt(i).Outcome.Word())),
        new("kind", "VARCHAR", "kind", "'first'", static (row, c, i) => row.AppendValue(KindWord(c.Attempt(i).Kind))),
        new("error", "VARCHAR", "error", "''", static (row, c, i) => row.AppendValue(c.Attempt(i).Error)),
        .. UseColumn.All.Select(use => new AttemptColumn(use.Name, use.Type, use.View, use.View, (row, c, i) => use.Append(row, c.Attempt(i).Use)) { Since = use.Since, IsRare = true }),
    ];

    /// <summary>Version of the tables since which it is there.</summary>
    public int Since { get; init; } = 1;

    /// <summary>Bare calls have none.</summary>
    public bool IsRare { get; private init; }

    /// <summary>The expression over the table, of a segment of a version.</summary>
    public string ViewOf(int version) => version >= Since ? View : UseColumn.Missing(View, Type);

    /// <summary>The expression for a plain attempt, over a table of calls.</summary>
    public string OfPlainCallOf(in CallTable table) => table.Has(Since, IsRare) ? OfPlainCall : UseColumn.Missing(View, Type);

    /// <summary>The call says everything about its one attempt.</summary>
    public static bool IsPlain(CallRecord call)
    {
        if (call.AttemptCount != 1) return false;
        var only = call.Attempt(0);
        return only is { Kind: AttemptKind.First, Error.Length: 0 } && only.Destination == call.Destination && only.Status == call.Status && only.Outcome == call.Outcome && ReferenceEquals(only.Use, call.Use);
    }

    private static string KindWord(AttemptKind kind) => kind switch
    {
        AttemptKind.First => "first",
        AttemptKind.Retry => "retry",
        AttemptKind.Hedge => "hedge",
        AttemptKind.Fallback => "fallback",
        _ => "other",
    };
}
