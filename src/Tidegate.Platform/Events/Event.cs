using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Tidegate.Platform.Events;

/// <summary>Something that happened, in the shape of CloudEvents 1.0 (JSON format). Written before anybody acts on it, and never changed.</summary>
public sealed record Event
{
    /// <summary>Version of CloudEvents.</summary>
    [JsonPropertyName("specversion")]
    public string SpecVersion => "1.0";

    /// <summary>Unique for ever.</summary>
    public required string Id { get; init; }

    /// <summary>What happened: <c>objectives.alert_fired</c>.</summary>
    public required string Type { get; init; }

    /// <summary>This installation: <c>/tidegate/INSTALLATION</c>.</summary>
    public required string Source { get; init; }

    /// <summary>What it happened to: <c>slo/checkout</c>.</summary>
    public required string Subject { get; init; }

    /// <summary>When it happened.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>Media type of <see cref="Data"/>.</summary>
    [JsonPropertyName("datacontenttype")]
    public string DataContentType => "application/json";

    /// <summary>What is known of it.</summary>
    public JsonNode? Data { get; init; }

    /// <summary>Place in the order of writing, from 1 without gaps (CloudEvents extension).</summary>
    public required long Sequence { get; init; }
}
