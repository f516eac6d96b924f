using Tidegate.Core.Calls;

namespace Tidegate.Gateway.Request.Record;

/// <summary>Exact counters of one route and service, on this node since it started. They outlive snapshots; reading them disturbs nobody.</summary>
internal sealed class CallCounters(string route, string service)
{
    private readonly Lock _gate = new();
    private Cell? _first;
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
    public IEnumerable<Cell> Cells
    {
        get
        {
            for (var cell = Volatile.Read(ref _first); cell is not null; cell = cell.Next) yield return cell;
        }
    }

    /// <summary>True when nothing was counted yet.</summary>
    public bool IsEmpty => Volatile.Read(ref _first) is null;

    /// <summary>Counts a finished call.</summary>
    public void Add(CallRecord record)
    {
        Interlocked.Increment(ref Find(record.Outcome, record.Status).Count);
        if (record.RequestBytes > 0) Interlocked.Add(ref _requestBytes, record.RequestBytes);
        if (record.ResponseBytes > 0) Interlocked.Add(ref _responseBytes, record.ResponseBytes);
    }

    // A route sees a handful of outcomes, the usual one first: a chain that is searched without a lock and grows at its end.
    private Cell Find(CallOutcome outcome, int status)
    {
        var last = Volatile.Read(ref _first);
        for (var cell = last; cell is not null; cell = cell.Next)
        {
            if (cell.Status == status && cell.Outcome == outcome) return cell;
            last = cell;
        }

        lock (_gate)
        {
            for (var cell = last ?? _first; cell is not null; cell = cell.Next)
            {
                if (cell.Status == status && cell.Outcome == outcome) return cell;
                last = cell;
            }

            var added = new Cell(outcome, status);
            if (last is null) Volatile.Write(ref _first, added);
            else last.Next = added;
            return added;
        }
    }

    /// <summary>One count.</summary>
    internal sealed class Cell(CallOutcome outcome, int status)
    {
        private Cell? _next;

        /// <summary>The count.</summary>
        public long Count;

        /// <summary>The next one; null for the last.</summary>
        public Cell? Next
        {
            get => Volatile.Read(ref _next);
            set => Volatile.Write(ref _next, value);
        }

        /// <summary>Outcome class.</summary>
        public CallOutcome Outcome { get; } = outcome;

        /// <summary>Status the caller saw.</summary>
        public int Status { get; } = status;
    }
}
