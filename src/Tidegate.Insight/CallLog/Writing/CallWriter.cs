using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Tidegate.Core.Calls;
using Tidegate.Insight.CallLog.Segments;

namespace Tidegate.Insight.CallLog.Writing;

/// <summary>
/// Takes calls out of the queue and writes them, on a thread of its own: appending and committing block. What it cannot write it holds and tries again,
/// until newer calls need the place.
/// </summary>
internal sealed partial class CallWriter : BackgroundService
{
    private static readonly TimeSpan TidyEvery = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan EraseEvery = TimeSpan.FromMilliseconds(50);

    private readonly CallLogOptions _options;
    private readonly CallSink _sink;
    private readonly SegmentArchive _archive;
    private readonly Retention _retention;
    private readonly IReadOnlyList<ICallWatcher> _watchers;
    private readonly CallLogHealth _health;
    private readonly TimeProvider _time;
    private readonly ILogger<CallWriter> _logger;
    private readonly AutoResetEvent _wake = new(initialState: false);
    private readonly ConcurrentQueue<TaskCompletionSource<bool>> _flushes = new();
    private readonly ConcurrentQueue<TaskCompletionSource<SegmentSnapshot>> _snapshots = new();
    private readonly ConcurrentQueue<(SegmentErasure Work, TaskCompletionSource<long> Done)> _erasures = new();
    private readonly List<CallRecord> _batch = [];
    private long _written;
    private bool _failing;

    public CallWriter(
        CallLogOptions options, CallSink sink, SegmentArchive archive, IEnumerable<ICallWatcher> watchers, CallLogHealth health, TimeProvider time, ILogger<CallWriter> logger)
    {
        (_options, _sink, _archive, _health, _time, _logger) = (options, sink, archive, health, time, logger);
        _watchers = [.. watchers];
        _retention = new Retention(options, time, logger);
        sink.Wake = () => _wake.Set();
    }

    /// <summary>Calls on disk since the process began.</summary>
    public long Written => Interlocked.Read(ref _written);

    /// <summary>Ends when everything that was queued before is on disk (true), or could not be written (false).</summary>
    public Task<bool> FlushAsync()
    {
        var flush = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        _flushes.Enqueue(flush);
        _wake.Set();
        return flush.Task;
    }

    /// <summary>The segments with everything that was queued before, for another process to read.</summary>
    /// <exception cref="CallLogUnavailableException">It is not open.</exception>
    public async Task<SegmentSnapshot> SnapshotAsync(CancellationToken cancel)
    {
        var snapshot = new TaskCompletionSource<SegmentSnapshot>(TaskCreationOptions.RunContinuationsAsynchronously);
        _snapshots.Enqueue(snapshot);
        try
        {
            await FlushAsync().WaitAsync(cancel);
            return await snapshot.Task;
        }
        catch (OperationCanceledException)
        {
            _ = DisposeLaterAsync(snapshot.Task);
            throw;
        }
    }

    /// <summary>Takes a consumer's calls out of the log: all that were queued before. How many there were.</summary>
    /// <exception cref="CallLogUnavailableException">The log cannot be changed; some calls may have been taken out.</exception>
    public async Task<long> EraseAsync(string consumer, CancellationToken cancel)
    {
        if (!await FlushAsync().WaitAsync(cancel)) throw new CallLogUnavailableException("The call log cannot be written.");
        var done = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        _erasures.Enqueue((new SegmentErasure(consumer, _time), done));
        _wake.Set();
        return await done.Task.WaitAsync(cancel);
    }

    private static async Task DisposeLaterAsync(Task<SegmentSnapshot> nobodyWaits)
    {
        using var snapshot = await nobodyWaits;
    }

    public override void Dispose()
    {
        _archive.Dispose();
        _wake.Dispose();
        base.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() =>
        {
            try
            {
                Run(stoppingToken);
                done.SetResult();
            }
            catch (Exception crash)
            {
                done.SetException(crash);
            }
        })
        { IsBackground = true, Name = "call log writer" };
        thread.Start();
        return done.Task;
    }

    private void Run(CancellationToken stopping)
    {
        using var wakeAtStop = stopping.Register(() => _wake.Set());
        OpenIdle();
        for (var tidied = _time.GetTimestamp(); !stopping.IsCancellationRequested;)
        {
            WaitForCalls(stopping);
            WriteQueued(stopping);
            Erase();
            if (!_archive.IsOpen) OpenIdle();
            if (_time.GetElapsedTime(tidied) < TidyEvery) continue;
            tidied = _time.GetTimestamp();
            Retain();
        }
        _sink.Close();
        WriteQueued(stopping);
        _archive.Close();
        while (_erasures.TryDequeue(out var left)) left.Done.TrySetException(new CallLogUnavailableException("The node is stopping."));
    }

    // A first call waits for company; a full batch, a flush or the end of the process does not. The wait is one by time, not by signals: the signal of a
    // call that came while the batch before was written is still set here, and a batch costs the engine milliseconds, however few are in it.
    private void WaitForCalls(CancellationToken stopping)
    {
        var erases = !_erasures.IsEmpty;
        var patience = erases ? EraseEvery : !_archive.IsOpen ? _options.RetryEvery : _archive.HoldsMuch ? _options.PauseToCheckpoint : TidyEvery;
        if (_sink.Count == 0 && _flushes.IsEmpty && !_wake.WaitOne(patience) && !erases) Checkpoint(idle: true);
        var began = _time.GetTimestamp();
        while (_sink.Count > 0 && _sink.Count < _options.BatchRows && _flushes.IsEmpty && !stopping.IsCancellationRequested)
        {
            var left = _options.FlushEvery - _time.GetElapsedTime(began);
            if (left <= TimeSpan.Zero || !_wake.WaitOne(left)) return;
        }
    }

    private void WriteQueued(CancellationToken stopping)
    {
        var flushes = new List<TaskCompletionSource<bool>>();
        while (_flushes.TryDequeue(out var flush)) flushes.Add(flush);
        var allWritten = true;
        do
        {
            _sink.Take(_batch, _options.BatchRows);
            if (_batch.Count == 0) break;
            foreach (var watcher in _watchers) watcher.Saw(_batch);
            Rotate();
            allWritten &= WriteBatch(stopping);
            Checkpoint(idle: false);
        }
        while (_sink.Count >= _options.BatchRows || flushes.Count > 0 || stopping.IsCancellationRequested);
        _batch.Clear();
        while (flushes.Count > 0 && _snapshots.TryDequeue(out var snapshot)) Answer(snapshot);
        foreach (var flush in flushes) flush.SetResult(allWritten);
    }

    // One after the other, and a step at a time: calls go on being written meanwhile.
    private void Erase()
    {
        if (!_erasures.TryPeek(out var next)) return;
        var isDone = false;
        Exception? failure = null;
        if (!_archive.IsOpen || !Try(() =>
            {
                try
                {
                    isDone = next.Work.Step(_archive);
                }
                catch (CallLogUnavailableException gaveUp)
                {
                    failure = gaveUp; // no fault of the disk
                }
            })) failure = new CallLogUnavailableException("The call log cannot be changed now.");
        if (!isDone && failure is null) return;
        _erasures.TryDequeue(out _);
        if (failure is null) next.Done.TrySetResult(next.Work.Erased);
        else next.Done.TrySetException(failure);
    }

    private void Answer(TaskCompletionSource<SegmentSnapshot> snapshot)
    {
        if (!_archive.IsOpen || !Try(() => snapshot.TrySetResult(_archive.TakeSnapshot()))) snapshot.TrySetException(new CallLogUnavailableException("The call log cannot be read now."));
    }

    private bool WriteBatch(CancellationToken stopping)
    {
        var unsure = false;
        for (var began = _time.GetTimestamp(); ;)
        {
            if (_archive.IsOpen || Try(_archive.Open))
            {
                if (Try(() => WriteOnce(unsure)))
                {
                    Works();
                    Interlocked.Add(ref _written, _batch.Count);
                    return true;
                }
                unsure = true;
            }
            if (stopping.IsCancellationRequested || _time.GetElapsedTime(began) >= _options.GiveUpAfter)
            {
                _sink.Drop(CallDropReason.WriteFailed, _batch.Count);
                return false;
            }
            stopping.WaitHandle.WaitOne(_options.RetryEvery);
        }
    }

    // A commit that failed may have reached the disk all the same.
    private void WriteOnce(bool unsure)
    {
        if (!unsure || !_archive.Contains(_batch[0].Id)) _archive.Write(_batch);
    }

    // Without calls to write, a small write proves that the disk is back.
    private void OpenIdle()
    {
        if (Try(_archive.Open) && (!_failing || Try(_archive.Probe))) Works();
    }

    private void Rotate()
    {
        var begun = false;
        if (_archive.IsOpen && Try(() => begun = _archive.Rotate()) && begun) Retain();
    }

    private void Checkpoint(bool idle)
    {
        if (_archive.IsOpen) Try(() => _archive.Checkpoint(idle));
    }

    private void Retain()
    {
        if (_archive.IsOpen) Try(() => _retention.Apply(_archive));
    }

    // Whatever goes wrong on the disk: the engine is closed, and opened again for the next attempt.
    private bool Try(Action work)
    {
        _health.Asks();
        try
        {
            work();
            return true;
        }
        catch (Exception failure)
        {
            if (!_failing) Log.Failed(_logger, failure.Message);
            _failing = true;
            _health.Failed(failure.Message);
            _archive.Close();
            return false;
        }
        finally
        {
            _health.Answered();
        }
    }

    private void Works()
    {
        _health.Works(_archive.Damaged);
        if (_failing) Log.Works(_logger, _sink.DroppedInAll);
        _failing = false;
    }

    private static partial class Log
    {
        [LoggerMessage(3001, LogLevel.Error, "The call log cannot be written: {Reason} Traffic goes on; it is tried again.")]
        public static partial void Failed(ILogger logger, string reason);

        [LoggerMessage(3002, LogLevel.Information, "The call log is written again; {Dropped} call records were dropped since the process began")]
        public static partial void Works(ILogger logger, long dropped);
    }
}
