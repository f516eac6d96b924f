using Tidegate.Core.Calls;

namespace Tidegate.Insight.CallLog.Segments;

/// <summary>
/// The segments on disk and the engine they are attached to. Opened, written, kept in bounds and closed by one thread, the writer's; read by many.
/// After a failed write it is closed and opened again, because an engine whose disk failed does not come back by itself.
/// </summary>
internal sealed class SegmentArchive(CallLogOptions options, TimeProvider time, ILogger<SegmentArchive> logger) : IDisposable
{
    /// <summary>Largest segment that is copied for another process to read; a larger one ends and is read where it is.</summary>
    private const long MaxCopy = 256L << 20;

    private readonly Lock _gate = new();
    private readonly HashSet<SegmentReading> _readings = [];
    private readonly SegmentFolder _folder = new(options, time, logger);
    private readonly ManualResetEventSlim _unread = new(initialState: true);
    private List<Segment> _segments = [];
    private IReadOnlyList<string> _damaged = [];
    private Engine? _engine;
    private SegmentWriter? _writer;
    private int _holds;

    /// <summary>Segments, oldest first; the last one is written.</summary>
    public IReadOnlyList<Segment> Segments => Volatile.Read(ref _segments);

    /// <summary>Segments that could not be opened, and why.</summary>
    public IReadOnlyList<string> Damaged => Volatile.Read(ref _damaged);

    /// <summary>Bytes on disk when last measured. Asks no disk, which may not answer.</summary>
    public long Bytes => Segments.Sum(s => s.Bytes);

    /// <summary>The size limit is reached, or near: older calls go before their days are over.</summary>
    public bool IsFull => Bytes > options.MaxBytes - (2 * options.SegmentBytes);

    /// <summary>It can be written and read.</summary>
    public bool IsOpen => Volatile.Read(ref _engine) is not null;

    /// <summary>The engine, for work on the writer's thread.</summary>
    public Engine OpenEngine => _engine ?? throw new CallLogUnavailableException("The call log is not open.");

    /// <summary>Opens what is there, and a segment to write to.</summary>
    public void Open()
    {
        _folder.Make();
        var engine = new Engine(options);
        try
        {
            var (segments, damaged) = _folder.Attach(engine);
            _writer = new SegmentWriter(engine, _folder.Fits(segments.LastOrDefault()) ? segments[^1] : _folder.Begin(engine, segments));
            foreach (var segment in segments.SkipLast(1)) Seal(engine, segment);
            Volatile.Write(ref _damaged, damaged);
            Volatile.Write(ref _segments, segments);
            Volatile.Write(ref _engine, engine);
        }
        catch
        {
            engine.Dispose();
            throw;
        }
    }

    /// <summary>Writes a batch, all or nothing; it survives a crash when this returns.</summary>
    public void Write(IReadOnlyList<CallRecord> batch)
    {
        lock (_gate)
        {
            if (_readings.Count == 0) _engine!.Work(alone: true);
        }
        _writer!.Write(batch);
    }

    /// <summary>A batch whose write failed may have been committed all the same: then its first call is there.</summary>
    public bool Contains(Guid id) => _writer!.Contains(id);

    /// <summary>Writes something small, to see whether that works.</summary>
    public void Probe() => _writer!.Probe();

    /// <summary>Begins a new segment when the day or the size asks for it; true when it did.</summary>
    public bool Rotate() => Rotate(always: false);

    /// <summary>Begins a new segment; false while a snapshot is being copied.</summary>
    public bool End() => Rotate(always: true);

    /// <summary>Puts a rewritten file in the place of a segment that is not written any more; false while somebody reads that.</summary>
    public bool TryReplace(Segment segment, string rewritten)
    {
        SealUnread();
        lock (_gate)
        {
            if (segment.IsRead || !segment.IsSealed) return false;
            _engine!.Detach(segment.Alias);
            File.Move(rewritten, segment.Path, overwrite: true);
            _engine.AttachSealed(segment.Path, segment.Alias);
            SegmentFacts.Count(_engine, segment);
            segment.Measure();
            if (segment.Calls > 0) return true;
        }

        Drop([segment]);
        return true;
    }

    private bool Rotate(bool always)
    {
        var writer = _writer!;
        if (_holds > 0 || writer.Segment.Calls == 0 || (!always && _folder.Fits(writer.Segment))) return false;
        writer.Checkpoint();
        List<Segment> segments = [.. _segments];
        var next = new SegmentWriter(_engine!, _folder.Begin(_engine!, segments));
        Volatile.Write(ref _segments, segments);
        _writer = next;
        writer.Dispose();
        SealUnread();
        return true;
    }

    /// <summary>The segments as they are now, with everything written, to be read by another process.</summary>
    public SegmentSnapshot TakeSnapshot()
    {
        // Others read the file alone: what is only in the log, be it the tables themselves after a crash, has to be in it.
        // A large segment is not copied: it ends here.
        if (_holds == 0 && _writer!.HasLog) _writer.Checkpoint();
        if (_writer!.Segment.Bytes > MaxCopy) Rotate(always: true);
        SealUnread();
        lock (_gate)
        {
            List<Segment> chosen = [.. _segments.Where(s => s.Calls > 0)];
            if (chosen.Count == 0) chosen.Add(_segments[^1]);
            foreach (var segment in chosen) segment.Acquire();
            Interlocked.Increment(ref _holds);
            return new SegmentSnapshot(options, chosen, () => Interlocked.Decrement(ref _holds));
        }
    }

    /// <summary>More than one batch is in the log only, and could be in the file.</summary>
    public bool HoldsMuch => _holds == 0 && _writer is { } writer && writer.RowsSinceCheckpoint > options.BatchRows;

    /// <summary>Checkpoints when there is a row group to compress, or much in the log; when <paramref name="idle"/>, whatever there is.</summary>
    public void Checkpoint(bool idle)
    {
        if (_holds == 0 && (_writer!.RowsSinceCheckpoint >= (idle ? 1 : options.CheckpointRows) || _writer.LogBytes >= options.CheckpointBytes))
            _writer.Checkpoint();
        SealUnread();
    }

    /// <summary>Takes segments out and deletes them. Readers that are at one finish first.</summary>
    public void Drop(IReadOnlyCollection<Segment> old)
    {
        var engine = _engine!;
        lock (_gate) Volatile.Write(ref _segments, [.. _segments.Except(old)]);
        foreach (var segment in old)
        {
            segment.WhenUnread(() =>
            {
                engine.Detach(segment.Alias);
                segment.Delete();
            });
        }
    }

    /// <summary>A connection over the segments with calls that began in a time; null means without end.</summary>
    /// <exception cref="CallLogUnavailableException">It is not open.</exception>
    public SegmentReading Read(DateTime? from, DateTime? until)
    {
        SegmentReading reading;
        List<Segment> chosen;
        lock (_gate)
        {
            if (_engine is null) throw new CallLogUnavailableException("The call log is not open.");
            chosen = [.. _segments.Where(s => s.Overlaps(from, until))];
            foreach (var segment in chosen) segment.Acquire();
            _engine.Work(alone: false);
            reading = new SegmentReading(_engine.Connect(), chosen, Closed);
            _readings.Add(reading);
            _unread.Reset();
        }
        try
        {
            reading.Begin(chosen.Count > 0 ? chosen : [_segments[^1]], none: chosen.Count == 0);
            return reading;
        }
        catch
        {
            reading.Dispose();
            throw;
        }
    }

    /// <summary>Closes the engine. Queries that are running are stopped.</summary>
    public void Close()
    {
        Engine? engine;
        lock (_gate)
        {
            engine = _engine;
            _engine = null;
        }
        if (engine is null) return;
        while (!_unread.Wait(TimeSpan.FromMilliseconds(20)))
        {
            List<SegmentReading> running;
            lock (_gate) running = [.. _readings];
            foreach (var reading in running) reading.Interrupt();
        }
        _writer?.Dispose();
        engine.Dispose();
    }

    public void Dispose()
    {
        Close();
        _unread.Dispose();
    }

    private void Closed(SegmentReading reading)
    {
        lock (_gate)
        {
            _readings.Remove(reading);
            if (_readings.Count == 0) _unread.Set();
        }
    }

    // Attached anew, so that nobody may be at it meanwhile; one that is read is tried again later.
    private void SealUnread()
    {
        foreach (var segment in _segments.SkipLast(1).Where(s => !s.IsSealed))
        {
            lock (_gate)
            {
                if (!segment.IsRead) Seal(_engine!, segment);
            }
        }
    }

    private static void Seal(Engine engine, Segment segment)
    {
        if (File.Exists(segment.LogPath)) engine.Checkpoint(segment.Alias);
        engine.Detach(segment.Alias);
        engine.AttachSealed(segment.Path, segment.Alias);
        segment.IsSealed = true;
        segment.Measure();
    }
}
