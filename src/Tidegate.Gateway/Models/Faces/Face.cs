using Tidegate.Models.Formats;
using Tidegate.Models.Providers;

namespace Tidegate.Gateway.Models.Faces;

/// <summary>What a caller speaks at a path.</summary>
/// <param name="Operation">What is wanted.</param>
/// <param name="Format">Format of requests, answers and errors. For operations other than chat only its errors are used.</param>
internal sealed record Face(ModelOperation Operation, IFaceFormat Format)
{
    /// <summary>Always streamed, never, or as the body says (null): Gemini says it in the path.</summary>
    public bool? Stream { get; init; }

    /// <summary>Streamed when the body does not say (Ollama).</summary>
    public bool StreamsByDefault { get; init; }

    /// <summary>Header the vendor's SDK puts the key into, besides the route's and <c>Authorization: Bearer</c>; null for none.</summary>
    public string? KeyHeader { get; init; }

    /// <summary>Query parameter it may stand in; null for none.</summary>
    public string? KeyQuery { get; init; }

    /// <summary>The model stands in the path.</summary>
    public bool ModelInPath { get; init; }
}
