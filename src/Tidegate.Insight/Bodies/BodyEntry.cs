using Tidegate.Core.Calls;

namespace Tidegate.Insight.Bodies;

/// <summary>A body as the API shows it.</summary>
/// <param name="MediaType">Its media type; empty when there was no body.</param>
/// <param name="Size">Its bytes, on the wire.</param>
/// <param name="Text">Its text, masked; null when none is kept.</param>
/// <param name="Truncated">The text is only the beginning.</param>
/// <param name="Omitted">Why there is no text: <c>binary</c>, <c>refused</c> (by a guardrail); empty when there is some, or no body.</param>
public sealed record BodyEntry(string MediaType, long Size, string? Text, bool Truncated, string Omitted)
{
    /// <summary>A body that was kept.</summary>
    public static BodyEntry Of(KeptBody body)
    {
        ArgumentNullException.ThrowIfNull(body);
        return new(body.MediaType, body.Size, body.Text, body.Truncated, body.Omitted);
    }
}
