namespace Tidegate.Models.Providers.Tokens;

/// <summary>A token that proves who asks, for a while.</summary>
/// <param name="Value">The token.</param>
/// <param name="ExpiresAt">When it ends.</param>
public sealed record AccessToken(string Value, DateTimeOffset ExpiresAt)
{
    /// <summary>Its end: the token is not for logs.</summary>
    public override string ToString() => $"until {ExpiresAt:O}";
}
