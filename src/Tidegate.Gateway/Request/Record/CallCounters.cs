using Tidegate.Core.Calls;

namespace Tidegate.Gateway.Request.Record;

/// <summary>Exact counters of one route and service, on this node since it started. They outlive snapshots; reading them disturbs nobody.</summary>
internal sealed class CallCounters(string route, string service)
{
    private readonly Lock _gate = new();
    private Cell[] _cells = [];
    private long _requestBytes, _responseBytes;

    /// <summary>Name of the route, or empty.</summary>
    public string Route { get; } = route;

    /// <summary>Name of the service, or empty.</summary>
    public string Service { get; } = service;

    /// <summary>Body bytes read from callers.</summary>
    public long RequestBytes => Interlocked.Read(ref _requestBytes);

    /// <summary>Body bytes sent to callers.</summary>
    public long ResponseBytes => Interlocked.Read(ref _responseBytes);

    /// <summary>Counts by outcome and status.</summary>
    public IReadOnlyList<Cell> Cells => Volatile.Read(ref _cells);

    /// <summary>Counts a finished call.</summary>
    public void Add(CallRecord record)
    {
        Interlocked.Increment(ref Find(record.Outcome, record.Status).Count);
        if (record.RequestBytes > 0) Interlocked.Add(ref _requestBytes, record.RequestBytes);
        if (record.ResponseBytes > 0) Interlocked.Add(ref _responseBytes, record.ResponseBytes);
    }

    // A route sees a handful of outcomes; the list is replaced when a new one comes, and searched without a lock.
    private Cell Find(CallOutcome outcome, int status)
    {
        foreach (var cell in Volatile.Read(ref _cells))
            if (cell.Status == status && cell.Outcome == outcome) return cell;
        lock (_gate)
        {
            foreach (var cell in _cells)
                if (cell.Status == status && cell.Outcome == outcome) return cell;
            var added = new Cell(outcome, status);
            Volatile.Write(ref _cells, [.. _cells, added]);
            return added;
        }
    }

    /// <summary>One count.</summary>
    internal sealed class Cell(CallOutcome outcome, int status)
    {
        /// <summary>The count.</summary>
        public long Count;

        /// <summary>Outcome class.</summary>
        public CallOutcome Outcome { get; } = outcome;

        /// <summary>Status the caller saw.</summary>
        public int Status { get; } = status;
    }
}
