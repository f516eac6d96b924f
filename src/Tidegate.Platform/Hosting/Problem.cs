using System.Text.Json.Serialization;
using Tidegate.Core.Resources;

namespace Tidegate.Platform.Hosting;

/// <summary>What every refused API call answers (RFC 9457, <c>application/problem+json</c>): what happened, which object, which key, what to do.</summary>
public sealed record Problem
{
    /// <summary>HTTP status.</summary>
    public required int Status { get; init; }

    /// <summary>Stable word for programs, for example <c>revision_conflict</c>. Also the end of <see cref="Type"/>.</summary>
    public required string Code { get; init; }

    /// <summary>What happened, in one sentence.</summary>
    public required string Detail { get; init; }

    /// <summary>The status in words.</summary>
    public string? Title { get; init; }

    /// <summary>Which object: <c>Route/orders</c>, <c>key k_3f9a</c>; null when none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Resource { get; init; }

    /// <summary>Which key of the object or request: <c>spec.match.path</c>; null when none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Path { get; init; }

    /// <summary>What to do, in one sentence; null when there is nothing to add.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Action { get; init; }

    /// <summary>Everything that is wrong with a refused document; null for other problems.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<Finding>? Findings { get; init; }

    /// <summary>Id under which the log of the node has more; null when the answer says all.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? TraceId { get; init; }

    /// <summary>Identifies the kind of problem.</summary>
    public string Type => "urn:tidegate:problem:" + Code;
}
