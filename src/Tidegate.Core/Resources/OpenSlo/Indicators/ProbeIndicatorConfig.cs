using System.ComponentModel.DataAnnotations;
using Tidegate.Core.Resources.Schema;

namespace Tidegate.Core.Resources.OpenSlo.Indicators;

/// <summary>Metric source <c>probe</c>: Tidegate asks by itself, at intervals; every probe is good or bad. Written as <c>raw</c> of a <c>ratioMetric</c> with <c>rawType: success</c>.</summary>
public sealed record ProbeIndicatorConfig
{
    /// <summary>How it asks.</summary>
    public required ProbeIndicatorType Type { get; init; }

    /// <summary>What it asks: an address for <c>http</c>; host and port for <c>tcp</c>, <c>tls</c> and <c>grpc</c>; a name for <c>dns</c>; the name callers use for <c>model</c>.</summary>
    public required string Target { get; init; }

    /// <summary>Distance between probes. Default 30 s.</summary>
    [DurationRange("1s", "1h")]
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>After which a probe is bad. Default 5 s; less than <see cref="Interval"/>.</summary>
    [DurationRange("10ms", "5m")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Method of an <c>http</c> probe. Default <c>GET</c>.</summary>
    [AllowedValues("GET", "HEAD", "POST", "PUT", "OPTIONS")]
    public string Method { get; init; } = "GET";

    /// <summary>Headers of an <c>http</c> probe, metadata of a <c>grpc</c> one.</summary>
    [Secret(PlainAllowed = true)]
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Body of an <c>http</c> probe. Default: none.</summary>
    public string? Body { get; init; }

    /// <summary>Service a <c>grpc</c> probe asks the health of. Default empty: the server as a whole.</summary>
    public string GrpcService { get; init; } = "";

    /// <summary>Whether a <c>grpc</c> probe uses TLS. Default false.</summary>
    public bool Tls { get; init; }

    /// <summary>Kind of record a <c>dns</c> probe asks for. Default <c>A</c>.</summary>
    [AllowedValues("A", "AAAA", "CNAME", "MX", "NS", "TXT", "SRV")]
    public string RecordType { get; init; } = "A";

    /// <summary>Name server of a <c>dns</c> probe, with port when it is not 53. Default: the system's.</summary>
    public string? Server { get; init; }

    /// <summary>What a <c>model</c> probe says to the model. Default <c>Reply with the single word OK.</c></summary>
    public string Prompt { get; init; } = "Reply with the single word OK.";

    /// <summary>Longest answer of a <c>model</c> probe, in tokens: probes cost money. Default 16.</summary>
    [Range(1, 4096)]
    public int MaxTokens { get; init; } = 16;

    /// <summary>What makes an answer good, beside coming in time.</summary>
    public ProbeExpectConfig Expect { get; init; } = new();
}
