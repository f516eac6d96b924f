using Tidegate.Core.Calls;

namespace Tidegate.Core.Resources.OpenSlo.Indicators;

/// <summary>Which outcomes of calls an indicator takes for good, and which for bad. What is in neither does not count.</summary>
/// <param name="Good">By the value of <see cref="CallOutcome"/>.</param>
/// <param name="Bad">By the value of <see cref="CallOutcome"/>.</param>
public sealed record GatewayOutcomes(IReadOnlyList<bool> Good, IReadOnlyList<bool> Bad)
{
    /// <summary>
    /// The outcomes of an indicator, with its defaults. What is written wins over a default: an outcome named as good is not bad because failures of the
    /// service are, and the other way round.
    /// </summary>
    public static GatewayOutcomes Of(GatewayIndicatorConfig indicator)
    {
        var good = Words(indicator.Good, outcome => outcome == CallOutcome.Ok);
        var bad = Words(indicator.Bad, outcome => indicator.Measure == GatewayMeasure.Availability && outcome.IsServiceFailure());
        for (int i = 0; i < good.Length; i++)
        {
            if (!good[i] || !bad[i]) continue;
            if (indicator.Bad.Count > 0) good[i] = false;
            else bad[i] = false;
        }

        return new GatewayOutcomes(good, bad);
    }

    private static bool[] Words(IReadOnlyList<string> written, Func<CallOutcome, bool> byDefault) =>
        [.. CallOutcomes.All.Select((word, i) => written.Count == 0 ? byDefault((CallOutcome)i) : written.Contains(word, StringComparer.Ordinal))];
}
