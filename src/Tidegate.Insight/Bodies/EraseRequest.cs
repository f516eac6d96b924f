namespace Tidegate.Insight.Bodies;

/// <summary>Whose calls are to be forgotten.</summary>
/// <param name="Consumer">Name of the consumer, as in the records; it need not be in the configuration any more.</param>
public sealed record EraseRequest(string? Consumer);
