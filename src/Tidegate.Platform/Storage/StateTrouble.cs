namespace Tidegate.Platform.Storage;

/// <summary>Why the state database cannot be used, and how long already.</summary>
/// <param name="Error">What the last operation met.</param>
/// <param name="Since">When the first operation of this spell met something, UTC.</param>
public sealed record StateTrouble(StateUnavailableException Error, DateTimeOffset Since);
