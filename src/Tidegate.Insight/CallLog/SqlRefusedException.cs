namespace Tidegate.Insight.CallLog;

/// <summary>SQL that is not allowed or not understood.</summary>
public sealed class SqlRefusedException(string message, string action) : Exception(message)
{
    /// <summary>What is allowed.</summary>
    public string Action { get; } = action;
}
