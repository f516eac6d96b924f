namespace Tidegate.Core.Ports;

/// <summary>One destination of a service, or one model of a provider with one of its keys, as this node sees it.</summary>
/// <param name="Service">Name of the service or provider.</param>
/// <param name="Destination">Destination name (its address when none was given); <c>provider/model#key</c> for models.</param>
/// <param name="Health"><c>healthy</c>, <c>unhealthy</c> (active checks) or <c>unknown</c> (not checked yet).</param>
/// <param name="Breaker"><c>closed</c>, <c>open</c> or <c>half_open</c>.</param>
/// <param name="EjectedUntil">End of a passive ejection; null when not ejected.</param>
/// <param name="InFlight">Calls being served by it now.</param>
/// <param name="Reason">Why it is not taking traffic; null when it is.</param>
public sealed record DestinationStatus(
    string Service, string Destination, string Health, string Breaker, DateTimeOffset? EjectedUntil, int InFlight, string? Reason);
