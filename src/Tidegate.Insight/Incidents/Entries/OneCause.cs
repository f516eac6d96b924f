using Tidegate.Insight.Objectives;

namespace Tidegate.Insight.Incidents.Entries;

/// <summary>What belongs to an incident that is open: one is open for a cause, and whoever asks for another joins it.</summary>
internal static class OneCause
{
    /// <summary>Whether a request is about what an incident is about. Its objectives tell; a service only where there is none.</summary>
    public static bool Holds(IncidentRow row, IncidentRequest request) => request.Objectives.Count > 0
        ? IncidentRow.Read(row.Objectives).Intersect(request.Objectives, StringComparer.Ordinal).Any() || (IncidentRow.Read(row.Objectives).Count == 0 && Meet(row, request))
        : Meet(row, request);

    /// <summary>Adds what a request knows more of. The worse severity holds, and the earlier start.</summary>
    public static void Join(IncidentRow row, IncidentRequest request)
    {
        var known = row.ToIncident([]);
        row.Services = IncidentRow.Write([.. known.Services, .. request.Services]);
        row.Objectives = IncidentRow.Write([.. known.Objectives, .. request.Objectives]);
        row.Alerts = IncidentRow.Write([.. known.Alerts, .. request.Alerts]);
        if (request.Key is { } key) row.Keys = IncidentRow.Write([.. IncidentRow.Read(row.Keys), key]);
        if (request.Severity < known.Severity) row.Severity = request.Severity.ToString();
        if (request.ImpactStart < known.ImpactStart) row.ImpactStart = request.ImpactStart.Value.ToUniversalTime();
    }

    /// <summary>Adds a page that began later: by its objective, or by its service where the incident names no objective. What comes from outside has none, and joins by its service. False when it is not about this.</summary>
    public static bool TryJoin(IncidentRow row, Alert page)
    {
        var (alerts, objectives) = (IncidentRow.Read(row.Alerts), IncidentRow.Read(row.Objectives));
        if (alerts.Count >= IncidentCheck.MostNames || alerts.Contains(page.Id, StringComparer.Ordinal)) return false;
        if (page.Origin == Alert.Own)
        {
            if (objectives.Count > 0 && !objectives.Contains(page.Objective, StringComparer.Ordinal)) return false;
            row.Objectives = IncidentRow.Write([.. objectives, page.Objective]);
            if (page.ImpactStart < row.ImpactStart) row.ImpactStart = page.ImpactStart.ToUniversalTime();
        }
        else if (!IncidentRow.Read(row.Services).Contains(page.Service, StringComparer.Ordinal))
        {
            return false;
        }

        row.Alerts = IncidentRow.Write([.. alerts, page.Id]);
        return true;
    }

    private static bool Meet(IncidentRow row, IncidentRequest request) => IncidentRow.Read(row.Services).Intersect(request.Services, StringComparer.Ordinal).Any();
}
