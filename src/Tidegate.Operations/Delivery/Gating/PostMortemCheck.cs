using Tidegate.Insight.Incidents;
using Tidegate.Insight.PostMortems;

namespace Tidegate.Operations.Delivery.Gating;

/// <summary>Mandatory post-mortems of the service's incidents that are due: what happened once may happen again by what is released now.</summary>
internal sealed class PostMortemCheck(IncidentStore incidents, PostMortemStore postMortems) : IGateCheck
{
    private const int Most = 500;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<GateReason>> LookAsync(GateCase question, CancellationToken cancel)
    {
        var due = await postMortems.ListAsync(all: false, Most, cancel);
        if (due.Count == 0) return [];
        var ofService = (await incidents.ListAsync(all: true, question.Request.Service, null, Most, cancel)).Select(i => i.Id).ToHashSet(StringComparer.Ordinal);
        return [.. due.Where(p => ofService.Contains(p.Incident)).Select(p => new GateReason("postmortem", GateEffect.Warn, p.Incident, $"The post-mortem of {p.Incident} ({p.Title.TrimEnd('.')}) is mandatory and due: {p.Reason}."))];
    }
}
