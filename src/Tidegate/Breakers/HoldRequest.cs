namespace Tidegate.Breakers;

/// <summary>Which breaker is to be held how, and why.</summary>
internal sealed record HoldRequest
{
    /// <summary>Service, or provider of models.</summary>
    public required string Service { get; init; }

    /// <summary>Its destination; <c>provider/model#key</c> of a provider, or <c>provider/model</c> for all keys.</summary>
    public required string Destination { get; init; }

    /// <summary><c>open</c> or <c>closed</c>.</summary>
    public string Position { get; init; } = "";

    /// <summary>How long: <c>30m</c>; at most <c>7d</c>.</summary>
    public string For { get; init; } = "";

    /// <summary>Why, for whoever finds it.</summary>
    public string Reason { get; init; } = "";
}
