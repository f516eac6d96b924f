using Microsoft.EntityFrameworkCore;
using Tidegate.Insight.Incidents.Entries;
using Tidegate.Insight.Notifications;
using Tidegate.Platform.Storage;

namespace Tidegate.Insight.Incidents;

/// <summary>Who takes care of an incident has heard of its alerts: they are not said again while it is open.</summary>
internal sealed class AcknowledgedIncidents(StateStore store) : IAcknowledgedAlerts
{
    /// <inheritdoc/>
    public async Task<IReadOnlySet<string>> ListAsync(CancellationToken cancel)
    {
        var alerts = await store.ReadAsync((db, inner) => db.Set<IncidentRow>().Where(i => i.ClosedAt == null && i.AcknowledgedAt != null).Select(i => i.Alerts).ToListAsync(inner), cancel);
        return alerts.SelectMany(IncidentRow.Read).ToHashSet(StringComparer.Ordinal);
    }
}
