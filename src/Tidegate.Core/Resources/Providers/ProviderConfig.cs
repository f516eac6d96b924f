using Tidegate.Core.Resources.Schema;
using Tidegate.Core.Resources.Services;

namespace Tidegate.Core.Resources.Providers;

/// <summary>Kind <c>Provider</c>: an account at a vendor of models, or a server of your own that speaks like one.</summary>
public sealed record ProviderConfig
{
    /// <summary>Whose wire format it speaks and how it wants to be addressed: <c>openai</c>, <c>anthropic</c>, <c>gemini</c>, <c>azure</c>, <c>bedrock</c>, <c>ollama</c>, ...</summary>
    public required string Vendor { get; init; }

    /// <summary>Where it is. Default: the vendor's public address; required for servers of your own and for accounts with addresses of their own (Azure).</summary>
    public Uri? Address { get; init; }

    /// <summary>Keys of the account. Several make a pool: lowest <c>priority</c> first, by weight among equals. None for servers that ask for none.</summary>
    public IReadOnlyList<ProviderKeyConfig> Keys { get; init; } = [];

    /// <summary>Region, for vendors that have them in the address or the signature (Bedrock, Vertex AI).</summary>
    public string? Region { get; init; }

    /// <summary>Project or account, for vendors that have it in the address (Vertex AI).</summary>
    public string? Project { get; init; }

    /// <summary>Version of the vendor's API where it is a parameter (Azure, Anthropic). Default: the newest Tidegate was tested with.</summary>
    public string? ApiVersion { get; init; }

    /// <summary>Headers sent with every call, for example an organisation id.</summary>
    [Secret(PlainAllowed = true)]
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>What you know better of its models than the catalogue does: prices, windows. Empty (default): the catalogue holds.</summary>
    public IReadOnlyList<ProviderModelConfig> Models { get; init; } = [];

    /// <summary>Longest time to connect. Default 5 s.</summary>
    [DurationRange("10ms", "5m")]
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Breaker per model and key. Defaults as for services, but for <c>maxCooldown</c> 20 s: a provider that recovers has its traffic back within 30 s.</summary>
    public BreakerConfig? Breaker { get; init; } = new() { MaxCooldown = TimeSpan.FromSeconds(20) };

    /// <summary>TLS towards the provider.</summary>
    public UpstreamTlsConfig Tls { get; init; } = new();
}
