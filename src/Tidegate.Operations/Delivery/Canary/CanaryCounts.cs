using System.Runtime.InteropServices;

namespace Tidegate.Operations.Delivery.Canary;

/// <summary>Calls of one side, by what became of them. Others (refused by limits, cancelled by their callers) say nothing about a version.</summary>
/// <param name="Ok">Answered well.</param>
/// <param name="Failed">Failed by the service.</param>
/// <param name="ClientErrors">Answered with 4xx.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct CanaryCounts(long Ok, long Failed, long ClientErrors)
{
    /// <summary>Failures of the service.</summary>
    public FailureCount Failures => new(Failed, Ok + Failed);

    /// <summary>Answers of 4xx.</summary>
    public FailureCount Refusals => new(ClientErrors, Ok + ClientErrors);

    /// <summary>All of them.</summary>
    public long All => Ok + Failed + ClientErrors;
}
