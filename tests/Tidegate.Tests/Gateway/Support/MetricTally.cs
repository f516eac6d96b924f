using System.Diagnostics.Metrics;
using Tidegate.Core.Calls;

namespace Tidegate.Tests.Gateway.Support;

/// <summary>The sum of one counter of one gateway, from now on.</summary>
internal sealed class MetricTally : IDisposable
{
    private readonly MeterListener _listener;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, long> _byTags = new(StringComparer.Ordinal);
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public MetricTally(Meter meter, MetricDefinition metric)
    {
        _listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (ReferenceEquals(instrument.Meter, meter) && instrument.Name == metric.Name) listener.EnableMeasurementEvents(instrument);
            },
        };
        _listener.SetMeasurementEventCallback<long>((_, value, tags, _) => Add(value, string.Join(',', tags.ToArray().Select(t => $"{t.Key}={t.Value}"))));
        _listener.Start();
    }

    /// <summary>All of it.</summary>
    public long Total
    {
        get
        {
            lock (_gate) return _byTags.Values.Sum();
        }
    }

    /// <summary>Counts by <c>label=value,...</c>.</summary>
    public IReadOnlyDictionary<string, long> ByTags
    {
        get
        {
            lock (_gate) return new Dictionary<string, long>(_byTags, StringComparer.Ordinal);
        }
    }

    /// <summary>Waits until the sum is at least this.</summary>
    public async Task<long> WaitForAsync(long count)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (_byTags.Values.Sum() is var total && total >= count) return total;
                changed = _changed.Task;
            }

            await changed.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        }
    }

    public void Dispose() => _listener.Dispose();

    private void Add(long value, string tags)
    {
        TaskCompletionSource changed;
        lock (_gate)
        {
            _byTags[tags] = _byTags.GetValueOrDefault(tags) + value;
            (changed, _changed) = (_changed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        changed.SetResult();
    }
}
