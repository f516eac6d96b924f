using Tidegate.Models.Chat;

namespace Tidegate.Models.Rerank;

/// <summary>Documents by relevance, in no vendor's words.</summary>
public sealed record RerankAnswer
{
    /// <summary>Id the provider gave; empty when it gives none.</summary>
    public string Id { get; init; } = "";

    /// <summary>Model that answered, in the provider's words.</summary>
    public string Model { get; init; } = "";

    /// <summary>The best first.</summary>
    public required IReadOnlyList<RerankResult> Results { get; init; }

    /// <summary>Tokens; null when the provider did not say.</summary>
    public Usage? Usage { get; init; }

    /// <summary>Units some vendors bill by instead of tokens (Cohere's search units); null when not said.</summary>
    public long? SearchUnits { get; init; }
}

/// <summary>One document's place.</summary>
/// <param name="Index">Its place in the request, from 0.</param>
/// <param name="Score">Relevance, mostly 0 to 1; comparable within one answer only.</param>
public sealed record RerankResult(int Index, double Score);
