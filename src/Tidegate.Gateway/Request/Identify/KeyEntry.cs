namespace Tidegate.Gateway.Request.Identify;

/// <summary>What a key stands for.</summary>
/// <param name="Caller">Who calls with it.</param>
/// <param name="ExpiresAt">UTC ticks from which it is refused.</param>
internal sealed record KeyEntry(Caller Caller, long ExpiresAt);
