using Tidegate.Core.Resources.OpenSlo.Indicators;

namespace Tidegate.Insight.Indicators.Probes;

/// <summary>A kind of probe: asks once. Each is a file in <c>Kinds</c> and a registration, found by its type.</summary>
internal interface IProbe
{
    /// <summary>Its word in documents.</summary>
    ProbeIndicatorType Type { get; }

    /// <summary>Asks, and says why the answer is bad, in a sentence without secrets; null when it is good. Exceptions of the network are bad answers, too.</summary>
    /// <param name="config">What to ask, and what makes the answer good.</param>
    /// <param name="cancel">Cancelled when the time is up, or the node stops.</param>
    Task<string?> AskAsync(ProbeIndicatorConfig config, CancellationToken cancel);
}
