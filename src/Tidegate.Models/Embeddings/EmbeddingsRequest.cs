namespace Tidegate.Models.Embeddings;

/// <summary>A call for embeddings in no vendor's words. Null means "the caller did not say".</summary>
public sealed record EmbeddingsRequest
{
    /// <summary>Model the caller asked for; the target's own name replaces it.</summary>
    public required string Model { get; init; }

    /// <summary>What to embed, in the order of the answers.</summary>
    public required IReadOnlyList<EmbeddingInput> Inputs { get; init; }

    /// <summary>Length of the vectors; null: the model's own.</summary>
    public int? Dimensions { get; init; }

    /// <summary>The caller wants vectors as base64 of little-endian 32-bit floats instead of lists of numbers.</summary>
    public bool Base64 { get; init; }

    /// <summary>What the vectors are for, where models tell uses apart: <c>query</c>, <c>document</c>, <c>classification</c>, <c>clustering</c>; null: not said.</summary>
    public string? Purpose { get; init; }

    /// <summary>Stable id of the end user, as the caller gave it.</summary>
    public string? User { get; init; }
}

/// <summary>One thing to embed: text, or tokens the caller made of it.</summary>
/// <param name="Text">The text; null for tokens.</param>
/// <param name="Tokens">Numbers of the model's own tokens; null for text.</param>
public sealed record EmbeddingInput(string? Text, IReadOnlyList<int>? Tokens = null);
