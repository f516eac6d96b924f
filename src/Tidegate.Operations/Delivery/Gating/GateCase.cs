using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Services;

namespace Tidegate.Operations.Delivery.Gating;

/// <summary>A question to the gate with what every check needs.</summary>
/// <param name="Request">The question.</param>
/// <param name="Policy">When the service's gate denies.</param>
/// <param name="Document">The configuration in force.</param>
/// <param name="Now">When it is asked.</param>
internal sealed record GateCase(GateRequest Request, GateConfig Policy, ConfigDocument Document, DateTimeOffset Now)
{
    /// <summary>What denies, but lets through what repairs an outage or closes a hole.</summary>
    public GateEffect Effect => Request.Priority == ReleasePriority.Normal ? GateEffect.Deny : GateEffect.Waived;
}
