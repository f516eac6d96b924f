namespace Tidegate.Gateway.Request.Guard;

/// <summary>A breaker held open or closed by hand.</summary>
/// <param name="Open">Held open; else held closed.</param>
/// <param name="Until">Timestamp of its end.</param>
/// <param name="Reason">Why, for people.</param>
internal sealed record BreakerOverride(bool Open, long Until, string Reason);
