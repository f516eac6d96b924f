namespace Tidegate.Core.Ports;

/// <summary>What a model answered.</summary>
/// <param name="Text">Its text; empty when there was none.</param>
/// <param name="Problem">Why there was no answer, in a sentence; null when there was one.</param>
public sealed record ModelSaid(string Text, string? Problem);
