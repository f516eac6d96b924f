namespace Tidegate.Insight.CallLog;

/// <summary>A query that was stopped because it took too long or too much memory.</summary>
public sealed class QueryLimitException(string message, string action) : Exception(message)
{
    /// <summary>What to do.</summary>
    public string Action { get; } = action;
}
