using Tidegate.Core.Resources.Objectives.ErrorBudgetPolicies;
using Tidegate.Insight.Incidents;
using Tidegate.Insight.Objectives;

namespace Tidegate.Operations.Remediation.Levels;

/// <summary>How the budgets stand that a policy looks at.</summary>
internal sealed class BudgetReadings(ObjectiveReader objectives, IncidentStore incidents, TimeProvider time) : IDisposable
{
    /// <summary>What incidents used is summed up from the counts of weeks: not at every tick.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, (DateTimeOffset At, IReadOnlyList<IncidentShare> Used)> _used = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _gate = new(1);

    public void Dispose() => _gate.Dispose();

    /// <summary>Objectives of a policy as they stand now, by id.</summary>
    public async Task<IReadOnlyList<BudgetReading>> OfAsync(ErrorBudgetPolicyConfig policy, CancellationToken cancel)
    {
        var asksIncidents = policy.Rules.Any(r => r.When.IncidentAbove is not null);
        var readings = new List<BudgetReading>();
        foreach (var status in objectives.All)
        {
            if (!policy.For.Slos.Contains(status.Slo, StringComparer.Ordinal) && !policy.For.Services.Contains(status.Service, StringComparer.Ordinal)) continue;
            // Nothing is known while history is read, or while the source of events is unwell.
            var isKnown = status.State is not ("reading" or "no_data");
            readings.Add(new BudgetReading(
                status.Id, status.Service, isKnown && status.BudgetLeft is { } left ? Math.Round(left * 100, 9) : null, isKnown ? status.Burn : new Dictionary<string, double?>(StringComparer.Ordinal),
                asksIncidents && isKnown ? await UsedAsync(status, cancel) : null));
        }

        return readings;
    }

    private async Task<IReadOnlyList<IncidentShare>> UsedAsync(ObjectiveStatus status, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        await _gate.WaitAsync(cancel);
        try
        {
            if (_used.TryGetValue(status.Id, out var known) && now - known.At < Fresh) return known.Used;
            var shares = new List<IncidentShare>();
            foreach (var incident in await incidents.SinceAsync(status.PeriodStart, cancel))
            {
                if (!incident.Objectives.Contains(status.Id, StringComparer.Ordinal)) continue;
                var from = incident.ImpactStart > status.PeriodStart ? incident.ImpactStart : status.PeriodStart;
                if (await objectives.UsedAsync(status.Id, from, incident.ClosedAt ?? now, cancel) is { } used and > 0) shares.Add(new IncidentShare(incident.Id, used * 100));
            }

            shares.Sort((a, b) => b.Used.CompareTo(a.Used));
            _used[status.Id] = (now, shares);
            return shares;
        }
        finally
        {
            _gate.Release();
        }
    }
}
