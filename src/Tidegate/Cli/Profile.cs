namespace Tidegate.Cli;

/// <summary>What <c>tidegate login</c> remembers.</summary>
/// <param name="Current">The address used when none is given.</param>
/// <param name="Tokens">Token by address. A token is only ever sent to the address it was made for.</param>
internal sealed record Profile(Uri? Current, IReadOnlyDictionary<string, string> Tokens)
{
    /// <summary>Nobody logged in yet.</summary>
    public static Profile Empty { get; } = new(null, new Dictionary<string, string>(StringComparer.Ordinal));

    /// <summary>The token for this address, or null.</summary>
    public string? TokenFor(Uri address) => Tokens.GetValueOrDefault(KeyOf(address));

    /// <summary>This profile with the token, its address being the current one.</summary>
    public Profile With(Uri address, string token) =>
        new(address, new Dictionary<string, string>(Tokens, StringComparer.Ordinal) { [KeyOf(address)] = token });

    /// <summary>This profile without what is known of the address.</summary>
    public Profile Without(Uri address)
    {
        var tokens = new Dictionary<string, string>(Tokens, StringComparer.Ordinal);
        tokens.Remove(KeyOf(address));
        return new(Current is not null && KeyOf(Current) == KeyOf(address) ? null : Current, tokens);
    }

    private static string KeyOf(Uri address) => address.GetLeftPart(UriPartial.Authority);
}
