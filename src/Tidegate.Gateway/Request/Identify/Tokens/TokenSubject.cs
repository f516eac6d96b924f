namespace Tidegate.Gateway.Request.Identify.Tokens;

/// <summary>What is kept of a token that was verified.</summary>
/// <param name="Name">Value of the claim that names the caller.</param>
/// <param name="Scopes">Scopes the token grants.</param>
/// <param name="ExpiresAt">UTC ticks from which it is refused, tolerance included.</param>
/// <param name="Keys">The key set that verified it.</param>
internal sealed record TokenSubject(string Name, string[] Scopes, long ExpiresAt, KeySet Keys);
