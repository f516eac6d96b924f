namespace Tidegate.EndToEnd.Support.Processes;

/// <summary>What a process wrote to one of its streams, line by line, and waiting for a line that is still to come.</summary>
internal sealed class Transcript
{
    private readonly Lock _gate = new();
    private readonly List<string> _lines = [];
    private TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _ended;

    /// <summary>All lines so far.</summary>
    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_gate) return [.. _lines];
        }
    }

    /// <summary>All lines so far, as one text.</summary>
    public string Text => string.Join('\n', Lines);

    /// <summary>Takes the next line; null is the end of the stream.</summary>
    public void Add(string? line)
    {
        TaskCompletionSource waiting;
        lock (_gate)
        {
            if (line is null) _ended = true;
            else _lines.Add(line);
            (waiting, _more) = (_more, new(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        waiting.TrySetResult();
    }

    /// <summary>The first line, past or to come, that fits; fails with all that was written when the stream ends or the time is up.</summary>
    public async Task<string> LineAsync(Func<string, bool> fits, TimeSpan limit, string what)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        stop.CancelAfter(limit);
        for (var seen = 0; ;)
        {
            Task more;
            lock (_gate)
            {
                for (; seen < _lines.Count; seen++)
                {
                    if (fits(_lines[seen])) return _lines[seen];
                }

                if (_ended) throw new InvalidOperationException($"The process ended without {what}. It wrote:\n{string.Join('\n', _lines)}");
                more = _more.Task;
            }

            try
            {
                await more.WaitAsync(stop.Token);
            }
            catch (OperationCanceledException) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
            {
                throw new TimeoutException($"No {what} within {limit.TotalSeconds:0} s. The process wrote:\n{Text}");
            }
        }
    }
}
