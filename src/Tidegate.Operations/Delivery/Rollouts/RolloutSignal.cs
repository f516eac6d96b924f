namespace Tidegate.Operations.Delivery.Rollouts;

/// <summary>Somebody stepped in on this node: there is no need to wait for the next look.</summary>
internal sealed class RolloutSignal
{
    private volatile TaskCompletionSource _next = New();

    /// <summary>Completes when it is set after this was asked for.</summary>
    public Task Next => _next.Task;

    public void Set()
    {
        var before = _next;
        _next = New();
        before.TrySetResult();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
