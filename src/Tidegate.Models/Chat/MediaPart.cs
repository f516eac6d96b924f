namespace Tidegate.Models.Chat;

/// <summary>An image, a document or a sound, by value or by address.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="MediaType">For example <c>image/png</c>; empty when unknown (addresses).</param>
/// <param name="Data">Base64 text as the caller wrote it; null when given by address.</param>
/// <param name="Url">Address; null when given by value.</param>
public sealed record MediaPart(MediaKind Kind, string MediaType, string? Data, string? Url) : Part
{
    /// <summary>File name or title of a document.</summary>
    public string? Name { get; init; }

    /// <summary>OpenAI's <c>detail</c> of an image: <c>low</c>, <c>high</c>, <c>auto</c>; null when not said.</summary>
    public string? Detail { get; init; }

    /// <summary>Id of a file uploaded to the provider before; it means something to that provider only.</summary>
    public string? FileId { get; init; }

    /// <summary>The answer shall name the words of this document that it rests on (Anthropic's <c>citations</c>).</summary>
    public bool Cite { get; init; }

    /// <summary>What the document is about, for the model (Anthropic's <c>context</c>); null when not said.</summary>
    public string? Context { get; init; }
}
