namespace Tidegate.Models.Rerank;

/// <summary>A call that sorts documents by how well they answer a query, in no vendor's words.</summary>
public sealed record RerankRequest
{
    /// <summary>Model the caller asked for; the target's own name replaces it.</summary>
    public required string Model { get; init; }

    /// <summary>The query.</summary>
    public required string Query { get; init; }

    /// <summary>Texts of the documents; answers name them by their place.</summary>
    public required IReadOnlyList<string> Documents { get; init; }

    /// <summary>Most results; null: all documents.</summary>
    public int? Top { get; init; }

    /// <summary>The caller wants the texts back beside the scores.</summary>
    public bool ReturnDocuments { get; init; }
}
