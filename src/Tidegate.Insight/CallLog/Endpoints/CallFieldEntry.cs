namespace Tidegate.Insight.CallLog.Endpoints;

/// <summary>A field of the filter language.</summary>
/// <param name="Name">Its word in filters.</param>
/// <param name="Column">Its column in SQL.</param>
/// <param name="Type">Kind of value.</param>
/// <param name="Operators">Legal operators.</param>
/// <param name="Dimension">Calls can be grouped by it.</param>
/// <param name="Description">What it is.</param>
internal sealed record CallFieldEntry(string Name, string Column, string Type, string Operators, bool Dimension, string Description);
