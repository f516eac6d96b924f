namespace Tidegate.Core.Resources;

/// <summary>One object of the configuration document: the shape OpenSLO and Kubernetes use.</summary>
public abstract record Resource
{
    /// <summary>Schema of the object: <c>tidegate/v1</c>.</summary>
    public required string ApiVersion { get; init; }

    /// <summary>What it is: <c>Service</c>, <c>Route</c>, <c>Consumer</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Name, labels and annotations.</summary>
    public required ResourceMetadata Metadata { get; init; }

    /// <summary>Where it was read from; null when it did not come from a text.</summary>
    public SourcePosition? Source { get; init; }

    /// <summary>Its specification, untyped.</summary>
    public abstract object UntypedSpec { get; }

    /// <summary>Kind as it stands in ids: the kind's word, except where two schemas have the same one (<see cref="ResourceKinds.Word"/>).</summary>
    public string KindWord => ResourceKinds.Word(ApiVersion, Kind);

    /// <summary>Kind and name as shown to people: <c>Route/orders</c>.</summary>
    public string Id => $"{KindWord}/{Metadata.Name}";
}
