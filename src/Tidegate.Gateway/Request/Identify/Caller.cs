namespace Tidegate.Gateway.Request.Identify;

/// <summary>Who calls. Made once per credential and snapshot, not per call.</summary>
/// <param name="Consumer">Name of the consumer; empty for an anonymous caller.</param>
/// <param name="KeyId">Id of the key used, or empty.</param>
/// <param name="Scopes">Scopes held.</param>
/// <param name="Model">The consumer of the document; null for anonymous callers and unknown token subjects.</param>
internal sealed record Caller(string Consumer, string KeyId, string[] Scopes, ConsumerModel? Model)
{
    /// <summary>Nobody known.</summary>
    public static Caller Anonymous { get; } = new("", "", [], null);

    /// <summary>Who says so, of a subject that the document does not name: two issuers may mean two people by one name. Empty for all others.</summary>
    public string Issuer { get; init; } = "";

    /// <summary>True when all of these scopes are held.</summary>
    public bool Holds(string[] scopes)
    {
        foreach (var scope in scopes)
            if (Array.IndexOf(Scopes, scope) < 0) return false;
        return true;
    }
}
