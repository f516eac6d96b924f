namespace Tidegate.Operations.Delivery;

/// <summary>A release that begins.</summary>
public sealed record ReleaseRequest
{
    /// <summary>The service.</summary>
    public required string Service { get; init; }

    /// <summary>What is released.</summary>
    public required string Version { get; init; }

    /// <summary>Id of the change in another system. Default empty.</summary>
    public string Change { get; init; } = "";

    /// <summary>Commit that was built. Default empty.</summary>
    public string Commit { get; init; } = "";

    /// <summary>Where more is written about it: http or https. Null (default): nowhere.</summary>
    public Uri? Url { get; init; }

    /// <summary>What it brings. Default empty.</summary>
    public string Message { get; init; } = "";
}
