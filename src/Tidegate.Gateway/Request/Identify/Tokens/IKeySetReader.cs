namespace Tidegate.Gateway.Request.Identify.Tokens;

/// <summary>Where an issuer's key set is read from.</summary>
internal interface IKeySetReader
{
    /// <summary>Where, for logs.</summary>
    string Location { get; }

    /// <summary>The JWKS document as it is now.</summary>
    Task<string> ReadAsync(CancellationToken cancel);
}
