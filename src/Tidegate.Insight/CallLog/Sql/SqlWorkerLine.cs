using System.Text.Json.Nodes;

namespace Tidegate.Insight.CallLog.Sql;

/// <summary>One line of the worker's answer; exactly one of its parts is there. First the columns, then rows, last an end or a failure.</summary>
/// <param name="Columns">Begin of an answer.</param>
/// <param name="Row">A row.</param>
/// <param name="Truncated">End of the answer: whether there would be more.</param>
/// <param name="Refused">The query is not allowed or not understood.</param>
/// <param name="Action">What would be, with <paramref name="Refused"/>.</param>
/// <param name="OutOfMemory">It needs too much memory.</param>
/// <param name="Failed">The files or the engine failed, which is nothing the query can help: why, for the log of the node.</param>
internal sealed record SqlWorkerLine(
    IReadOnlyList<SqlColumn>? Columns = null, JsonArray? Row = null, bool? Truncated = null, string? Refused = null, string? Action = null, bool? OutOfMemory = null, string? Failed = null);
