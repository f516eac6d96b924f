namespace Tidegate.Insight.CallLog;

/// <summary>A page of calls.</summary>
/// <param name="Items">Newest first.</param>
/// <param name="Next">Cursor of the following page; null at the end.</param>
/// <param name="Total">Calls on all pages together.</param>
/// <param name="Full">The log is at its size limit, or near: calls are dropped from its old end before their days are over.</param>
public sealed record CallPage(IReadOnlyList<CallEntry> Items, string? Next, long Total, bool Full);
