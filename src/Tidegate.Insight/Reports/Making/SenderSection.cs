using Tidegate.Core.Resources.Objectives.AlertSets;
using Tidegate.Insight.Objectives;

namespace Tidegate.Insight.Reports.Making;

/// <summary>The alerts from outside of a report: people were woken by them as by our own.</summary>
internal sealed class SenderSection(IEnumerable<IAlertSource> sources)
{
    /// <summary>Makes it, those with most pages first.</summary>
    public async Task<IReadOnlyList<ReportedSender>> MakeAsync(ReportQuestion question, CancellationToken cancel)
    {
        var fired = new List<Alert>();
        foreach (var source in sources) fired.AddRange((await source.FiredAsync(question.From, question.Until, cancel)).Where(a => question.Service is null || a.Service == question.Service));
        return
        [
            .. fired.GroupBy(a => (a.Origin, Sender: HostOf(a.Link), a.Service)).Select(of => new ReportedSender
            {
                Origin = of.Key.Origin,
                Sender = of.Key.Sender,
                Service = of.Key.Service,
                Pages = of.Count(a => a.Severity == AlertSeverity.Page),
                Tickets = of.Count(a => a.Severity == AlertSeverity.Ticket),
            }).OrderByDescending(s => s.Pages).ThenByDescending(s => s.Tickets).ThenBy(s => s.Origin, StringComparer.Ordinal).ThenBy(s => s.Sender, StringComparer.Ordinal).ThenBy(s => s.Service, StringComparer.Ordinal),
        ];
    }

    private static string HostOf(string? link) => Uri.TryCreate(link, UriKind.Absolute, out var address) ? address.Authority : "";
}
