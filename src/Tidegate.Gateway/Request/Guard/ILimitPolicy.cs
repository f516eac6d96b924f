using System.Runtime.InteropServices;
using Tidegate.Core.Resources.Services;

namespace Tidegate.Gateway.Request.Guard;

/// <summary>Moves a concurrency limit by what the last window showed. Called by one thread at a time.</summary>
internal interface ILimitPolicy
{
    /// <summary>Name in the document.</summary>
    AdaptiveAlgorithm Name { get; }

    /// <summary>The limit for the next window, before it is kept within its bounds.</summary>
    double Next(double limit, in LimitWindow window);
}

/// <summary>What a window showed.</summary>
/// <param name="Latency">Mean latency of its answers, in any one unit; 0 when there were none.</param>
/// <param name="Failures">Timeouts, broken connections and 5xx.</param>
/// <param name="PeakInFlight">Most calls in flight.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct LimitWindow(double Latency, int Failures, int PeakInFlight);
