using Tidegate.Core.Resources.Services;

namespace Tidegate.Gateway.Request.Guard;

/// <summary>One more while all is well and the limit is used; half as many after a failure or timeout.</summary>
internal sealed class AimdPolicy : ILimitPolicy
{
    /// <inheritdoc/>
    public AdaptiveAlgorithm Name => AdaptiveAlgorithm.Aimd;

    /// <inheritdoc/>
    public double Next(double limit, in LimitWindow window) =>
        window.Failures > 0 ? limit / 2 : window.PeakInFlight >= limit / 2 ? limit + 1 : limit;
}
