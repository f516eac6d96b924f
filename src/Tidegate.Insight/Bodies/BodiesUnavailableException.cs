namespace Tidegate.Insight.Bodies;

/// <summary>The log of bodies cannot be read or changed now; the message says why.</summary>
public sealed class BodiesUnavailableException(string message) : Exception(message);
