namespace Tidegate.Core.Ports;

/// <summary>A breaker held by hand.</summary>
/// <param name="Position"><c>open</c>: no call passes; <c>closed</c>: every call does.</param>
/// <param name="Until">When that ends by itself.</param>
/// <param name="Reason">Why.</param>
public sealed record BreakerHold(string Position, DateTimeOffset Until, string Reason);
