namespace Tidegate.Core.Ports;

/// <summary>One destination as this node sees it.</summary>
/// <param name="Service">Service name.</param>
/// <param name="Destination">Destination name (its address when none was given).</param>
/// <param name="Health"><c>healthy</c>, <c>unhealthy</c> (active checks) or <c>unknown</c> (not checked yet).</param>
/// <param name="Breaker"><c>closed</c>, <c>open</c> or <c>half_open</c>.</param>
/// <param name="EjectedUntil">End of a passive ejection; null when not ejected.</param>
/// <param name="InFlight">Calls being served by it now.</param>
/// <param name="Reason">Why it is not taking traffic; null when it is.</param>
public sealed record DestinationStatus(
    string Service, string Destination, string Health, string Breaker, DateTimeOffset? EjectedUntil, int InFlight, string? Reason);
