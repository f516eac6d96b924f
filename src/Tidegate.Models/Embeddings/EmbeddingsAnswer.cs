using Tidegate.Models.Chat;

namespace Tidegate.Models.Embeddings;

/// <summary>Embeddings in no vendor's words.</summary>
public sealed record EmbeddingsAnswer
{
    /// <summary>Model that answered, in the provider's words.</summary>
    public string Model { get; init; } = "";

    /// <summary>One vector per input, in the same order.</summary>
    public required IReadOnlyList<float[]> Vectors { get; init; }

    /// <summary>What it took; null when the provider did not say.</summary>
    public Usage? Usage { get; init; }
}
