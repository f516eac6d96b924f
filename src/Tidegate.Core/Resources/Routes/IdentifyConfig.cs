using Tidegate.Core.Resources.Schema;

namespace Tidegate.Core.Resources.Routes;

/// <summary>How callers are known, and which are let in.</summary>
public sealed record IdentifyConfig
{
    /// <summary>True lets callers without credentials in; wrong credentials are refused all the same. Default false.</summary>
    public bool Anonymous { get; init; }

    /// <summary>API keys. On by default, in <c>X-Api-Key</c> or <c>Authorization: Bearer</c>.</summary>
    public ApiKeyConfig? ApiKey { get; init; } = new();

    /// <summary>Issuers whose JSON Web Tokens are accepted in <c>Authorization: Bearer</c>.</summary>
    public IReadOnlyList<JwtConfig> Jwt { get; init; } = [];

    /// <summary>Accepts TLS client certificates named by a <c>Consumer</c>. Default false.</summary>
    public bool ClientCertificate { get; init; }

    /// <summary>Scopes a caller needs, all of them.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>Consumers let in. Empty: any known consumer whose own access allows the route.</summary>
    [Reference("Consumer")]
    public IReadOnlyList<string> Consumers { get; init; } = [];
}
