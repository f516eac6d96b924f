namespace Tidegate.Hosting.Supervision;

/// <summary>How one module is. Written by its supervised services, read by the status endpoint.</summary>
internal sealed class ModuleState(string name)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<object, string> _failures = [];
    private int _restarts;

    /// <summary>The module's word.</summary>
    public string Name { get; } = name;

    /// <summary>Background work that was started again after it had crashed, since the process began.</summary>
    public int Restarts => Volatile.Read(ref _restarts);

    /// <summary>Why work of it is not running now; empty when all of it is.</summary>
    public IReadOnlyList<string> Failures
    {
        get
        {
            lock (_gate) return [.. _failures.Values];
        }
    }

    /// <summary>Work of it crashed or could not start.</summary>
    public void Failed(object work, string reason)
    {
        lock (_gate) _failures[work] = reason;
    }

    /// <summary>The work runs (again).</summary>
    public void Runs(object work)
    {
        lock (_gate) _failures.Remove(work);
    }

    /// <summary>Counts a restart.</summary>
    public void Restarted() => Interlocked.Increment(ref _restarts);
}
