using Tidegate.Gateway.Request.Guard;

namespace Tidegate.Gateway.Models.Hedging;

/// <summary>Through it the first of several attempts goes that has something to show; all others are too late.</summary>
internal sealed class HedgeGate(LatencyWindow latencies)
{
    private readonly TaskCompletionSource _decided = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ModelAttempt? _winner;

    /// <summary>The one that was first; null as long as there is none.</summary>
    public ModelAttempt? Winner => Volatile.Read(ref _winner);

    /// <summary>Completed when there is a winner.</summary>
    public Task Decided => _decided.Task;

    /// <summary>True for the winner, however often it asks.</summary>
    public bool TryPass(ModelAttempt attempt)
    {
        var before = Interlocked.CompareExchange(ref _winner, attempt, null);
        if (before is not null) return before == attempt;
        latencies.Add(attempt.FirstToken, attempt.FirstToken - attempt.Start);
        _decided.SetResult();
        return true;
    }
}
