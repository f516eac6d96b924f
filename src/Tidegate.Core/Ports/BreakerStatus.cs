namespace Tidegate.Core.Ports;

/// <summary>A breaker as this node has it.</summary>
/// <param name="Service">Name of the service or provider.</param>
/// <param name="Destination">Destination; <c>provider/model#key</c> for models.</param>
/// <param name="Breaker"><c>closed</c>, <c>open</c> or <c>half_open</c>; while it is held, how it is held.</param>
/// <param name="Held">Who holds it by hand; null for nobody.</param>
public sealed record BreakerStatus(string Service, string Destination, string Breaker, BreakerHold? Held);
