namespace Tidegate.Insight.CallLog.Filter;

/// <summary>A piece of a filter as it was written, and where.</summary>
/// <param name="Text">Without quotes.</param>
/// <param name="Column">Of its first character, from 1.</param>
internal readonly record struct FilterText(string Text, int Column)
{
    public FilterException Error(string message, string action) => new(Column, message, action);
}
