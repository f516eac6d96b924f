using System.Collections.Frozen;
using Tidegate.Core.Resources.Routes;
using Tidegate.Gateway.Request.Identify.Tokens;

namespace Tidegate.Gateway.Request.Identify;

/// <summary>How a route knows its callers, compiled when the snapshot is built.</summary>
internal sealed class IdentifyModel(IdentifyConfig config, TokenRule[] tokens)
{
    /// <summary>Callers without a credential are let in.</summary>
    public bool Anonymous { get; } = config.Anonymous;

    /// <summary>API keys are accepted.</summary>
    public bool TakesKeys { get; } = config.ApiKey is not null;

    /// <summary>Header with an API key.</summary>
    public string KeyHeader { get; } = config.ApiKey?.Header ?? "";

    /// <summary>Query parameter with an API key; null reads none.</summary>
    public string? KeyQuery { get; } = config.ApiKey?.Query;

    /// <summary>Keys are sent on to the upstream.</summary>
    public bool ForwardsKeys { get; } = config.ApiKey?.Forward ?? false;

    /// <summary>Issuers whose tokens are accepted.</summary>
    public TokenRule[] Tokens { get; } = tokens;

    /// <summary>Client certificates are accepted.</summary>
    public bool TakesCertificates { get; } = config.ClientCertificate;

    /// <summary>Scopes needed, all of them.</summary>
    public string[] Scopes { get; } = [.. config.Scopes];

    /// <summary>What callers without those scopes are told.</summary>
    public IdentifyFailure ScopeMissing { get; } = IdentifyFailure.Scope([.. config.Scopes]);

    /// <summary>Consumers let in; empty for any.</summary>
    public FrozenSet<string> Consumers { get; } = config.Consumers.ToFrozenSet(StringComparer.Ordinal);
}
