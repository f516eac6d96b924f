using System.Globalization;
using Tidegate.Insight.Indicators;

namespace Tidegate.Operations.Delivery.Canary;

/// <summary>Says of a comparison how much of the traffic it has seen: the call log is that of one node, and the counts that nodes share tell how many calls the others had.</summary>
internal sealed class CanaryShare(SeriesHistory history)
{
    // What others count in the minute that runs comes up to a tick later.
    private const double All = 0.95;

    /// <summary>The report with what it is a sample of.</summary>
    /// <param name="report">The report.</param>
    /// <param name="services">Services whose calls it compares; none: those of all.</param>
    public CanaryReport On(CanaryReport report, IEnumerable<string> services)
    {
        var shares = services.Select(s => history.OwnShare(GatewaySeries.Availability(s))).Append(history.OwnShare(GatewaySeries.Availability(null)));
        var share = shares.FirstOrDefault(s => s is not null);
        return report with { Seen = share, Summary = report.Summary + Words(share) };
    }

    private static string Words(double? share) => share switch
    {
        null => " Judged by the calls of this node alone: how many the others had is not known, for no objective counts all calls of the service.",
        >= All => "",
        < 0.005 => " This node had next to none of the calls of the last minutes: others had them.",
        { } part => string.Create(CultureInfo.InvariantCulture, $" Judged by this node's calls, about 1 in {Math.Max(2, Math.Round(1 / part)):0} of all."),
    };
}
