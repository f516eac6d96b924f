namespace Tidegate.Insight.CallLog;

/// <summary>A filter that cannot be read: where, why, and what would be legal.</summary>
/// <param name="column">Column of the first wrong character, from 1.</param>
/// <param name="message">What is wrong, in one sentence.</param>
/// <param name="action">What would be legal there.</param>
public sealed class FilterException(int column, string message, string action) : Exception(message)
{
    /// <summary>Column of the first wrong character, from 1.</summary>
    public int Column { get; } = column;

    /// <summary>What would be legal there.</summary>
    public string Action { get; } = action;
}
