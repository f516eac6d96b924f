namespace Tidegate.Core.Ports;

/// <summary>An API key as nodes see it: never the key, only its hash.</summary>
/// <param name="Id">Public id of the key, shown in logs and lists, for example <c>k_3f9a...</c>.</param>
/// <param name="Consumer">Name of the <c>Consumer</c> it belongs to.</param>
/// <param name="Sha256">Lower-case hex SHA-256 of the whole key text.</param>
/// <param name="Scopes">Scopes it carries; empty means the consumer's own scopes.</param>
/// <param name="ExpiresAt">Instant from which it is refused; null for never.</param>
public sealed record IssuedKey(string Id, string Consumer, string Sha256, IReadOnlyList<string> Scopes, DateTimeOffset? ExpiresAt);
