namespace Tidegate.Operations.Delivery;

/// <summary>May a service be released now?</summary>
public sealed record GateRequest
{
    /// <summary>The service.</summary>
    public required string Service { get; init; }

    /// <summary>Id of the change, for the answer and the audit trail. Default empty.</summary>
    public string Change { get; init; } = "";

    /// <summary>How urgent it is. Default <c>normal</c>.</summary>
    public ReleasePriority Priority { get; init; }

    /// <summary>Why it is released whatever the gate says; only at <c>/gate/override</c>. Null (default): the gate decides.</summary>
    public string? Override { get; init; }
}
