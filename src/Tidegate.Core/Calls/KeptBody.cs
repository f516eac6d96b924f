namespace Tidegate.Core.Calls;

/// <summary>What is kept of a body.</summary>
/// <param name="MediaType">Its media type; empty when there was no body.</param>
/// <param name="Size">Its bytes, on the wire.</param>
/// <param name="Text">Its text, masked; null when none is kept.</param>
/// <param name="Truncated">The text is only the beginning.</param>
/// <param name="Omitted">Why there is no text: <c>binary</c>, <c>refused</c> (by a guardrail) or <c>unread</c>; empty when there is some, or no body.</param>
public sealed record KeptBody(string MediaType, long Size, string? Text, bool Truncated, string Omitted)
{
    /// <summary>There was no body.</summary>
    public static KeptBody None { get; } = new("", 0, null, false, "");
}
