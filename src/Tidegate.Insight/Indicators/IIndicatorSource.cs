using Tidegate.Core.Resources;

namespace Tidegate.Insight.Indicators;

/// <summary>
/// A kind of place that good and bad events come from: the gateway's own calls, Prometheus, probes. One per metric source type, found by its word; a new one is
/// a folder of its own and a registration.
/// </summary>
public interface IIndicatorSource
{
    /// <summary>The metric source type of OpenSLO documents: <c>tidegate</c>, <c>prometheus</c>.</summary>
    string Type { get; }

    /// <summary>The series that answers a question, without asking for it yet.</summary>
    /// <exception cref="FormatException">The question cannot be answered; the message says why, in a sentence.</exception>
    IndicatorBinding Bind(IndicatorQuestion question);

    /// <summary>From now on delivers these, and only these, into <see cref="SeriesHub"/>.</summary>
    void Use(IReadOnlyList<IndicatorBinding> bindings, ConfigDocument document);

    /// <summary>Why a series gets nothing now, in a sentence; null while it is well or just has no events.</summary>
    string? Trouble(string series) => null;

    /// <summary>What of its past is still being brought, in a sentence; null when all is there, or when it has none.</summary>
    string? Reading(string series) => null;

    /// <summary>What is worth knowing about what a series got last, such as why a probe was bad, in a sentence; null when nothing is. Its events count whatever it says.</summary>
    string? Latest(string series) => null;

    /// <summary>Which calls of the call log a series counts; null when it counts none, or when the log does not have what tells good from bad.</summary>
    IndicatorCalls? Calls(string series) => null;
}
