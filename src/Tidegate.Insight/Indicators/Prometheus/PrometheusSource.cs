using System.Collections.Concurrent;
using Tidegate.Core.Ports;
using Tidegate.Core.Resources;

namespace Tidegate.Insight.Indicators.Prometheus;

/// <summary>Metric source <c>prometheus</c>: queries to Prometheus servers. What is asked when is decided by <see cref="PrometheusPolling"/>.</summary>
internal sealed class PrometheusSource(ISecretSource secrets) : IIndicatorSource, IDisposable
{
    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<string, PrometheusServer> _servers = new(StringComparer.Ordinal);
    private volatile IReadOnlyDictionary<string, PrometheusFeed> _feeds = new Dictionary<string, PrometheusFeed>(StringComparer.Ordinal);

    /// <inheritdoc/>
    public string Type => "prometheus";

    /// <summary>What is asked now.</summary>
    public IEnumerable<PrometheusFeed> Feeds => _feeds.Values;

    /// <inheritdoc/>
    public IndicatorBinding Bind(IndicatorQuestion question) => new PrometheusBinding(PrometheusIndicator.Of(question));

    /// <inheritdoc/>
    public void Use(IReadOnlyList<IndicatorBinding> bindings, ConfigDocument document)
    {
        lock (_gate)
        {
            var before = _feeds;
            var feeds = new Dictionary<string, PrometheusFeed>(StringComparer.Ordinal);
            foreach (var binding in bindings.OfType<PrometheusBinding>())
            {
                var feed = before.TryGetValue(binding.Series, out var known) ? known : new PrometheusFeed(binding.Indicator);
                (feed.Indicator, feed.History, feed.AlertWindow) = (binding.Indicator, binding.History, binding.AlertWindow);
                feeds[binding.Series] = feed;
            }

            _feeds = feeds;
            var used = feeds.Values.SelectMany(f => new[] { f.Indicator.Part, f.Indicator.Total }).OfType<PrometheusQuery>().Select(q => q.Server.Key).ToHashSet(StringComparer.Ordinal);
            foreach (var (key, server) in _servers)
                if (!used.Contains(key) && _servers.TryRemove(key, out _)) server.Dispose();
        }
    }

    /// <inheritdoc/>
    public string? Trouble(string series) => _feeds.GetValueOrDefault(series)?.Trouble;

    /// <inheritdoc/>
    public string? Reading(string series) => _feeds.GetValueOrDefault(series)?.Reading;

    /// <summary>The server that a query goes to.</summary>
    public PrometheusServer ServerOf(PrometheusQuery query) => _servers.GetOrAdd(query.Server.Key, static (_, made) => new PrometheusServer(made.Address, made.Secrets), (Address: query.Server, Secrets: secrets));

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var server in _servers.Values) server.Dispose();
    }

    private sealed record PrometheusBinding(PrometheusIndicator Indicator) : IndicatorBinding(Indicator.Series, Indicator.Text);
}
