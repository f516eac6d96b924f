using System.Collections.Concurrent;

namespace Tidegate.Insight.Indicators.Prometheus;

/// <summary>What is found out in a round about servers, so that the rest of the round need not find it out again.</summary>
internal sealed class PrometheusRound
{
    /// <summary>Failures in a row after which nobody else tries. One may be the fault of its query.</summary>
    private const int MostSilent = 4;

    private readonly ConcurrentDictionary<string, string> _unreachable = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _silent = new(StringComparer.Ordinal);

    /// <summary>Why a server of an indicator is not asked any more; null when it is.</summary>
    public string? Unreachable(PrometheusIndicator indicator) =>
        _unreachable.GetValueOrDefault(indicator.Part.Server.Key) ?? (indicator.Total is { } total ? _unreachable.GetValueOrDefault(total.Server.Key) : null);

    /// <summary>The servers of an indicator have answered.</summary>
    public void Answered(PrometheusIndicator indicator)
    {
        _silent.TryRemove(indicator.Part.Server.Key, out _);
        if (indicator.Total is { } total) _silent.TryRemove(total.Server.Key, out _);
    }

    /// <summary>A server has not.</summary>
    public void Failed(PrometheusException wrong)
    {
        var silent = wrong.Fault == PrometheusFault.Silent ? _silent.AddOrUpdate(wrong.Server, 1, static (_, before) => before + 1) : 0;
        if (wrong.Fault == PrometheusFault.Unreachable || silent >= MostSilent) _unreachable[wrong.Server] = wrong.Message;
    }
}
