using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Tidegate.Core.Calls;

namespace Tidegate.Gateway.Models.Costs;

/// <summary>Tokens and costs by provider and model, those of mirrored calls apart: exact sums, kept whether or not anybody listens. Labels are names of the configuration.</summary>
internal sealed class ModelMetrics
{
    private readonly ConcurrentDictionary<(string Provider, string Model, bool IsShadow), Sums> _sums = new();
    private readonly Histogram<double> _firstToken;

    public ModelMetrics(Meter meter)
    {
        _firstToken = ModelMetricNames.FirstToken.Histogram(meter);
        ModelMetricNames.Tokens.Counter(meter, Tokens);
        ModelMetricNames.Cost.Amounts(meter, Costs);
        ModelMetricNames.CostUnknown.Counter(meter, Unknown);
    }

    /// <summary>Counts an attempt.</summary>
    public void Add(ModelUse use, bool isShadow)
    {
        _sums.GetOrAdd((use.Provider, use.Model, isShadow), static _ => new Sums()).Add(use);
        if (use.FirstTokenUs >= 0 && _firstToken.Enabled) _firstToken.Record(use.FirstTokenUs * 1e-6, new("model", use.Model), new("provider", use.Provider), new("shadow", Word(isShadow)));
    }

    private IEnumerable<Measurement<long>> Tokens() =>
        from pair in _sums
        from kind in pair.Value.Tokens()
        select new Measurement<long>(kind.Tokens, new KeyValuePair<string, object?>("model", pair.Key.Model), new("provider", pair.Key.Provider), new("kind", kind.Word), new("shadow", Word(pair.Key.IsShadow)));

    private IEnumerable<Measurement<double>> Costs() =>
        from pair in _sums
        from cost in pair.Value.Costs()
        select new Measurement<double>((double)cost.Value, new KeyValuePair<string, object?>("model", pair.Key.Model), new("provider", pair.Key.Provider), new("currency", cost.Key), new("shadow", Word(pair.Key.IsShadow)));

    private IEnumerable<Measurement<long>> Unknown() =>
        from pair in _sums
        select new Measurement<long>(pair.Value.Unknown, new KeyValuePair<string, object?>("model", pair.Key.Model), new("provider", pair.Key.Provider), new("shadow", Word(pair.Key.IsShadow)));

    private static string Word(bool isShadow) => isShadow ? "true" : "false";

    private sealed class Sums
    {
        private readonly Lock _gate = new();
        private readonly Dictionary<string, decimal> _costs = new(StringComparer.Ordinal);
        private long _input, _cached, _written, _output, _reasoning;

        public long Unknown { get; private set; }

        public void Add(ModelUse use)
        {
            lock (_gate)
            {
                _input += use.InputTokens ?? 0;
                _cached += use.CachedInputTokens;
                _written += use.CacheWriteTokens;
                _output += use.OutputTokens ?? 0;
                _reasoning += use.ReasoningTokens;
                if (use.Cost is { } cost) _costs[use.Currency] = _costs.GetValueOrDefault(use.Currency) + cost;
                else Unknown++;
            }
        }

        public IReadOnlyList<(string Word, long Tokens)> Tokens()
        {
            lock (_gate) return [("input", _input), ("cached_input", _cached), ("cache_write", _written), ("output", _output), ("reasoning", _reasoning)];
        }

        public IReadOnlyList<KeyValuePair<string, decimal>> Costs()
        {
            lock (_gate) return [.. _costs];
        }
    }
}
