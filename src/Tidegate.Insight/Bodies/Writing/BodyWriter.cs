using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Tidegate.Core.Calls;
using Tidegate.Insight.Bodies.Files;
using Tidegate.Insight.CallLog;

namespace Tidegate.Insight.Bodies.Writing;

/// <summary>
/// Takes bodies out of the queue, masks them and writes them, on a thread of its own: both are work that nobody else should wait for. What cannot be written is tried again,
/// and given up after a while: the room it takes is wanted.
/// </summary>
internal sealed partial class BodyWriter : BackgroundService
{
    private static readonly TimeSpan TidyEvery = TimeSpan.FromMinutes(1);

    private readonly BodiesOptions _options;
    private readonly BodySink _sink;
    private readonly BodyArchive _archive;
    private readonly BodiesHealth _health;
    private readonly TimeProvider _time;
    private readonly ILogger<BodyWriter> _logger;
    private readonly AutoResetEvent _wake = new(initialState: false);
    private readonly ConcurrentQueue<Action> _afterwards = new();
    private readonly List<CallBodies> _batch = [];
    private readonly List<WrittenBodies> _masked = [];
    private long _written;
    private bool _failing;

    public BodyWriter(BodiesOptions options, BodySink sink, BodyArchive archive, BodiesHealth health, TimeProvider time, ILogger<BodyWriter> logger)
    {
        (_options, _sink, _archive, _health, _time, _logger) = (options, sink, archive, health, time, logger);
        sink.Wake = () => _wake.Set();
    }

    /// <summary>Calls whose bodies are on disk since the process began.</summary>
    public long Written => Interlocked.Read(ref _written);

    /// <summary>Runs something on the writer's thread when everything that was queued before is on disk or given up.</summary>
    public Task<T> AfterWritingAsync<T>(Func<T> work)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _afterwards.Enqueue(() =>
        {
            try
            {
                done.SetResult(work());
            }
            catch (Exception failure)
            {
                done.SetException(failure);
            }
        });
        _wake.Set();
        return done.Task;
    }

    public override void Dispose()
    {
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
        { IsBackground = true, Name = "body writer" };
        thread.Start();
        return done.Task;
    }

    private void Run(CancellationToken stopping)
    {
        using var wakeAtStop = stopping.Register(() => _wake.Set());
        Try(_archive.Open);
        Try(_archive.Retain);
        for (var tidied = _time.GetTimestamp(); !stopping.IsCancellationRequested;)
        {
            WaitForCalls(stopping);
            WriteQueued(stopping);
            if (_time.GetElapsedTime(tidied) < TidyEvery) continue;
            tidied = _time.GetTimestamp();
            Try(_archive.Retain);
        }

        _sink.Close();
        WriteQueued(stopping);
    }

    // A first call waits for company; a full batch, work that waits, or the end of the process does not.
    private void WaitForCalls(CancellationToken stopping)
    {
        if (_sink.Count == 0 && _afterwards.IsEmpty) _wake.WaitOne(TidyEvery);
        var began = _time.GetTimestamp();
        while (_sink.Count > 0 && _sink.Count < _options.BatchCalls && _afterwards.IsEmpty && !stopping.IsCancellationRequested)
        {
            var left = _options.FlushEvery - _time.GetElapsedTime(began);
            if (left <= TimeSpan.Zero || !_wake.WaitOne(left)) return;
        }
    }

    private void WriteQueued(CancellationToken stopping)
    {
        var afterwards = new List<Action>();
        while (_afterwards.TryDequeue(out var work)) afterwards.Add(work);
        do
        {
            _sink.Take(_batch, _options.BatchCalls);
            if (_batch.Count == 0) break;
            Mask();
            Write(stopping);
            _sink.Done(_batch);
        }
        while (_sink.Count >= _options.BatchCalls || afterwards.Count > 0 || stopping.IsCancellationRequested);
        foreach (var work in afterwards) work();
    }

    private void Mask()
    {
        _masked.Clear();
        foreach (var bodies in _batch)
        {
            try
            {
                _masked.Add(WrittenBodies.Of(bodies));
            }
            catch (Exception fault)
            {
                Log.NotRead(_logger, fault, bodies.Id); // a fault of ours; what is not masked is not written
                _sink.Drop(CallDropReason.WriteFailed, 1);
            }
        }
    }

    private void Write(CancellationToken stopping)
    {
        for (var began = _time.GetTimestamp(); _masked.Count > 0;)
        {
            if (Try(() => _archive.Write(_masked)))
            {
                Interlocked.Add(ref _written, _masked.Count);
                return;
            }

            if (stopping.IsCancellationRequested || _time.GetElapsedTime(began) >= _options.GiveUpAfter)
            {
                _sink.Drop(CallDropReason.WriteFailed, _masked.Count);
                return;
            }

            stopping.WaitHandle.WaitOne(_options.RetryEvery);
        }
    }

    private bool Try(Action work)
    {
        try
        {
            work();
            _health.Works();
            if (_failing) Log.Works(_logger, _sink.DroppedInAll);
            _failing = false;
            return true;
        }
        catch (Exception failure)
        {
            if (!_failing) Log.Failed(_logger, failure.Message);
            _failing = true;
            _health.Failed(failure.Message);
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(3201, LogLevel.Error, "Bodies of calls cannot be written: {Reason} Calls and their records are not affected; it is tried again.")]
        public static partial void Failed(ILogger logger, string reason);

        [LoggerMessage(3202, LogLevel.Information, "Bodies of calls are written again; those of {Dropped} calls were dropped since the process began")]
        public static partial void Works(ILogger logger, long dropped);

        [LoggerMessage(3203, LogLevel.Error, "The bodies of call {CallId} cannot be masked and are dropped. This is a bug: please report it with this message.")]
        public static partial void NotRead(ILogger logger, Exception exception, Guid callId);
    }
}
