namespace Tidegate.Gateway.Request.Balance;

/// <summary>What is remembered of a destination across snapshots: load, latency, health, breaker, ejection.</summary>
internal sealed class DestinationState;
