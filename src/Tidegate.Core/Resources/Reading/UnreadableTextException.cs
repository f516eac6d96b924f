namespace Tidegate.Core.Resources.Reading;

/// <summary>A text that cannot be turned into values: bad syntax, or more than the limits allow. Becomes a finding.</summary>
internal sealed class UnreadableTextException(string code, string message, SourcePosition position) : Exception(message)
{
    public string Code { get; } = code;

    public SourcePosition Position { get; } = position;
}
