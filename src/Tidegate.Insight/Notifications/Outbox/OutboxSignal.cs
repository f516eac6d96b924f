namespace Tidegate.Insight.Notifications.Outbox;

/// <summary>Wakes the sender.</summary>
internal sealed class OutboxSignal
{
    private volatile TaskCompletionSource _set = New();

    /// <summary>Completes when something was put in after this was asked for.</summary>
    public Task Next => _set.Task;

    public void Set()
    {
        var before = _set;
        _set = New();
        before.TrySetResult();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
