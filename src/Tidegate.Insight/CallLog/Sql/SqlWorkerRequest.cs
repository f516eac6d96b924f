namespace Tidegate.Insight.CallLog.Sql;

/// <summary>What the worker is asked: one line of JSON.</summary>
/// <param name="Segments">Files to read, by name in the engine.</param>
/// <param name="Query">The SQL.</param>
/// <param name="MaxRows">Most rows answered.</param>
/// <param name="MaxBytes">Most bytes answered.</param>
/// <param name="MemoryBytes">Memory of the engine.</param>
/// <param name="LimitMs">It ends itself after this time, should nobody end it before.</param>
internal sealed record SqlWorkerRequest(IReadOnlyDictionary<string, string> Segments, string Query, int MaxRows, long MaxBytes, long MemoryBytes, int LimitMs);
