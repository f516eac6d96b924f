using Tidegate.Core.Resources.Schema;

namespace Tidegate.Core.Resources.OpenSlo.Indicators;

/// <summary>Connection details of a <c>DataSource</c> of type <c>prometheus</c>.</summary>
public sealed record PrometheusConnectionConfig
{
    /// <summary>Address of the server, without <c>/api/v1</c>.</summary>
    public required Uri Url { get; init; }

    /// <summary>Headers sent along, such as <c>X-Scope-OrgID</c>.</summary>
    [Secret(PlainAllowed = true)]
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>User of basic authentication. Default: none.</summary>
    public string? Username { get; init; }

    /// <summary>Its password.</summary>
    [Secret]
    public string? Password { get; init; }

    /// <summary>Bearer token. Default: none.</summary>
    [Secret]
    public string? BearerToken { get; init; }

    /// <summary>File of certificates (PEM) that are trusted instead of the system's. Default: the system's.</summary>
    public string? CaFile { get; init; }

    /// <summary>Longest wait for an answer. Default 10 s.</summary>
    [DurationRange("100ms", "2m")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);
}
