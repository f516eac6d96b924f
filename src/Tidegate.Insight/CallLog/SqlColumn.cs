namespace Tidegate.Insight.CallLog;

/// <summary>A column of an answer.</summary>
/// <param name="Name">As the query names it.</param>
/// <param name="Type">DuckDB type, for example <c>BIGINT</c>.</param>
public sealed record SqlColumn(string Name, string Type);
