using DuckDB.NET.Data;
using Tidegate.Core.Calls;

namespace Tidegate.Insight.CallLog.Segments;

/// <summary>
/// Appends the calls of one batch to the tables of a segment, within the transaction that is open. Each record is looked at once, for all tables: it was made up to a second ago, and
/// reading it from memory again costs as much as appending some of its columns. A table without rows in the batch costs nothing.
/// </summary>
internal sealed class BatchAppender(DuckDBConnection connection, string alias) : IDisposable
{
    private DuckDBAppender? _bare, _calls, _attempts;

    /// <summary>Start of the earliest call appended.</summary>
    public DateTimeOffset Earliest { get; private set; } = DateTimeOffset.MaxValue;

    /// <summary>Start of the latest call appended.</summary>
    public DateTimeOffset Latest { get; private set; } = DateTimeOffset.MinValue;

    /// <summary>Appends a call and its attempts.</summary>
    public void Add(CallRecord call)
    {
        if (call.StartedAt < Earliest) Earliest = call.StartedAt;
        if (call.StartedAt > Latest) Latest = call.StartedAt;
        if (CallColumn.IsBare(call)) Add(_bare ??= Open("bare_calls"), CallColumn.Common, call);
        else Add(_calls ??= Open("calls"), CallColumn.All, call);
        if (call.AttemptCount == 0 || AttemptColumn.IsPlain(call)) return;
        _attempts ??= Open("attempts");
        for (var i = 0; i < call.AttemptCount; i++)
        {
            var row = _attempts.CreateRow();
            foreach (var column in AttemptColumn.All) column.Append(row, call, i);
            row.EndRow();
        }
    }

    /// <summary>Hands everything over to the engine. Without it nothing may be committed.</summary>
    public void Close()
    {
        _bare?.Close();
        _calls?.Close();
        _attempts?.Close();
    }

    public void Dispose()
    {
        _bare?.Dispose();
        _calls?.Dispose();
        _attempts?.Dispose();
    }

    private DuckDBAppender Open(string table) => connection.CreateAppender(alias, "main", table);

    private static void Add(DuckDBAppender appender, CallColumn[] columns, CallRecord call)
    {
        var row = appender.CreateRow();
        foreach (var column in columns) column.Append(row, call);
        row.EndRow();
    }
}
