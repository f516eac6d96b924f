namespace Tidegate.Core.Resources.Reading;

/// <summary>What became of texts.</summary>
/// <param name="Document">The document; null when at least one finding is an error.</param>
/// <param name="Findings">Everything the author should know, in the order of the texts.</param>
public sealed record ReadResult(ConfigDocument? Document, IReadOnlyList<Finding> Findings);
