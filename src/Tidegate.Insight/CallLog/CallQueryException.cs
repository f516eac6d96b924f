namespace Tidegate.Insight.CallLog;

/// <summary>A question that cannot be asked like that.</summary>
public sealed class CallQueryException(string parameter, string message, string action) : Exception(message)
{
    /// <summary>What is wrong.</summary>
    public string Parameter { get; } = parameter;

    /// <summary>What would be legal.</summary>
    public string Action { get; } = action;
}
