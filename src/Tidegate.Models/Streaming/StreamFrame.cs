namespace Tidegate.Models.Streaming;

/// <summary>One frame of a provider's stream. Valid until the next one is read.</summary>
/// <param name="Event">Name of the event; empty for unnamed ones.</param>
/// <param name="Data">Its data without framing; JSON in most formats.</param>
public readonly record struct StreamFrame(string Event, ReadOnlyMemory<byte> Data);
