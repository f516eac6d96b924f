using System.Text.Json.Nodes;

namespace Tidegate.Insight.CallLog;

/// <summary>The answer to a <see cref="SqlQuestion"/>.</summary>
/// <param name="Columns">Left to right.</param>
/// <param name="Rows">Values in the order of the columns; times are UTC, ids 32 hex digits.</param>
/// <param name="Truncated">There are more rows than were asked for, or than fit in an answer.</param>
/// <param name="ElapsedMs">How long it took, with the preparation.</param>
public sealed record SqlAnswer(IReadOnlyList<SqlColumn> Columns, IReadOnlyList<JsonArray> Rows, bool Truncated, long ElapsedMs);
