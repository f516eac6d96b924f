namespace Tidegate.Gateway.Models.Queueing;

/// <summary>The calls that wait for a place at an alias, most important first, then as they came. Only the first one is ever woken: it looks whether there is a place.</summary>
internal sealed class WaitingLine
{
    private readonly Lock _gate = new();
    private readonly SortedSet<Ticket> _tickets = new(Comparer<Ticket>.Create(static (a, b) => a.Rank != b.Rank ? a.Rank.CompareTo(b.Rank) : a.Number.CompareTo(b.Number)));
    private long _numbers;
    private int _count;

    /// <summary>Calls waiting.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Joins the line; null when it is full of calls at least as important. When it is not, the last one has to go.</summary>
    public Ticket? Join(int rank, int limit)
    {
        lock (_gate)
        {
            if (_tickets.Count >= limit)
            {
                var last = _tickets.Max!;
                if (last.Rank <= rank) return null;
                _tickets.Remove(last);
                last.Evict();
            }

            var ticket = new Ticket(rank, _numbers++);
            _tickets.Add(ticket);
            Volatile.Write(ref _count, _tickets.Count);
            return ticket;
        }
    }

    /// <summary>It is this one's turn.</summary>
    public bool IsFirst(Ticket ticket)
    {
        lock (_gate) return _tickets.Min == ticket;
    }

    /// <summary>Leaves the line.</summary>
    public void Leave(Ticket ticket, bool wakeNext)
    {
        lock (_gate)
        {
            _tickets.Remove(ticket);
            Volatile.Write(ref _count, _tickets.Count);
            if (wakeNext) _tickets.Min?.Wake();
        }
    }

    /// <summary>A place may have become free.</summary>
    public void Wake()
    {
        if (Count == 0) return;
        lock (_gate) _tickets.Min?.Wake();
    }

    /// <summary>A place in the line.</summary>
    /// <param name="rank">Lower ones first.</param>
    /// <param name="number">Order of coming.</param>
    internal sealed class Ticket(int rank, long number)
    {
        private TaskCompletionSource _signal = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int Rank { get; } = rank;

        public long Number { get; } = number;

        /// <summary>A more important call has taken its place.</summary>
        public bool IsEvicted { get; private set; }

        /// <summary>Completed when there is something to look at; read before looking.</summary>
        public Task Signal => Volatile.Read(ref _signal).Task;

        /// <summary>Makes ready for the next signal.</summary>
        public void Reset() => Volatile.Write(ref _signal, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));

        public void Wake() => Volatile.Read(ref _signal).TrySetResult();

        public void Evict()
        {
            IsEvicted = true;
            Wake();
        }
    }
}
