using Tidegate.Core.Ports;
using Tidegate.Gateway.Request;
using Tidegate.Gateway.Request.Guard;
using Tidegate.Models.Chat;

namespace Tidegate.Gateway.Models.Targets;

/// <summary>
/// The wait before a target that has just failed is asked again by the same call: exponential, with full jitter (semantics 1.2). Going to another target waits for nothing,
/// nor does another key, a longer window or a second try at a shape.
/// </summary>
internal sealed class TargetBackoff(IRandomSource random, TimeProvider time)
{
    /// <summary>Longest first wait, and longest of all.</summary>
    public static readonly TimeSpan Base = TimeSpan.FromMilliseconds(100), Most = TimeSpan.FromSeconds(2);

    /// <summary>Waits before attempt <paramref name="again"/> (1: the second) at a target, within the deadline of the call. A caller who leaves ends it, and the attempt notices that.</summary>
    public async ValueTask WaitAsync(GatewayCall call, ModelCall model, int again)
    {
        if (again <= 0 || model.LastError is not { Kind: ModelErrorKind.Server or ModelErrorKind.Timeout or ModelErrorKind.Overloaded or ModelErrorKind.RateLimit }) return;
        var wait = Math.Min(Most.TotalSeconds, Base.TotalSeconds * Math.Pow(2, Math.Min(again - 1, 30))) * random.NextDouble();
        var left = Ticks.Span(time, Math.Max(0, model.Deadline - time.GetTimestamp())).TotalSeconds;
        if (wait >= left) return; // the attempt finds the deadline passed, or has a chance yet
        call.Note($"waited {wait * 1000:0} ms before the same target");
        try
        {
            await Task.Delay(TimeSpan.FromSeconds(wait), time, call.Http.RequestAborted);
        }
        catch (OperationCanceledException)
        {
        }
    }
}
