namespace Tidegate.Operations.Delivery.Gating;

/// <summary>Something the gate looks at. A new one is a new file and a registration.</summary>
internal interface IGateCheck
{
    /// <summary>What it finds; empty when nothing speaks against the release.</summary>
    Task<IReadOnlyList<GateReason>> LookAsync(GateCase question, CancellationToken cancel);
}
