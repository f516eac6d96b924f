namespace Tidegate.Insight.Reports.Making;

/// <summary>What incidents say of a month: how soon they were noticed, how long they lasted, how often they came. Median and 90th percentile, for a mean hides the one that lasted all night.</summary>
internal static class IncidentSigns
{
    /// <summary>MTTD, MTTA, MTTM, MTTR and MTBF (semantics of incidents: named timestamps, and "MTTR" says which one).</summary>
    public static IReadOnlyList<VitalSign> Of(IReadOnlyList<ReportedIncident> incidents, DateTimeOffset from, DateTimeOffset until)
    {
        var closed = incidents.Where(i => i.ClosedAt is not null).ToList();
        return
        [
            Times("mttd", "Time to detect (MTTD)", "From when users began to be hurt until the first alert fired or somebody opened the incident.", [.. incidents.Select(i => i.DetectedAt - i.ImpactStart)]),
            Acknowledged(incidents),
            Mitigated(incidents),
            Times("mttr", "Time to recover (MTTR)", "From when it was detected until the incident was closed; incidents that are open are not in it.", [.. closed.Select(i => i.ClosedAt!.Value - i.DetectedAt)]),
            Between(incidents, from, until),
        ];
    }

    private static VitalSign Acknowledged(IReadOnlyList<ReportedIncident> incidents)
    {
        const string definition = "From the first message about one of its alerts (of pages from outside: from when they fired) until somebody said that they take care of it.";
        var times = incidents.Where(i => i.NotifiedAt is not null && i.AcknowledgedAt >= i.NotifiedAt).Select(i => i.AcknowledgedAt!.Value - i.NotifiedAt!.Value).ToList();
        var without = incidents.Count - times.Count;
        var reason = without == 0 ? "" : times.Count == 0
            ? "Not known: of no incident is it known both when a message was sent and when somebody took care ('tidegate incidents ack')."
            : $"Without {without} of {incidents.Count} incidents, that nobody acknowledged or that no message was sent of.";
        var sign = Times("mtta", "Time to acknowledge (MTTA)", definition, times);
        return reason.Length > 0 ? sign with { Reason = reason } : sign;
    }

    private static VitalSign Mitigated(IReadOnlyList<ReportedIncident> incidents)
    {
        var times = incidents.Where(i => i.MitigatedAt >= i.ImpactStart).Select(i => i.MitigatedAt!.Value - i.ImpactStart).ToList();
        var without = incidents.Count - times.Count;
        var sign = Times("mttm", "Time to mitigate (MTTM)", "From when users began to be hurt until the last alert of the incident had ended, which is some minutes after they were hurt no more: the short window of the alert.", times);
        return without == 0 ? sign : sign with { Reason = times.Count == 0 ? "Not known: of no incident is it known that all its alerts have ended." : $"Without {without} of {incidents.Count} incidents, that have no alerts or of which one fires." };
    }

    private static VitalSign Between(IReadOnlyList<ReportedIncident> incidents, DateTimeOffset from, DateTimeOffset until)
    {
        const string definition = "Time without an incident, divided by the number of incidents that began.";
        var began = incidents.Count(i => i.ImpactStart >= from);
        var (down, end) = (TimeSpan.Zero, from);
        foreach (var incident in incidents.OrderBy(i => i.ImpactStart))
        {
            var start = incident.ImpactStart > end ? incident.ImpactStart : end;
            var stop = incident.ClosedAt is { } closed && closed < until ? closed : until;
            if (stop <= start) continue;
            (down, end) = (down + (stop - start), stop);
        }

        return began == 0
            ? new VitalSign { Name = "mtbf", DisplayName = "Time between failures (MTBF)", Definition = definition, Unit = "seconds", Source = "incidents", Reason = "No incident began: there is no time between two." }
            : new VitalSign
            {
                Name = "mtbf", DisplayName = "Time between failures (MTBF)", Definition = definition, Unit = "seconds", Source = "incidents", Sample = began,
                Values = new SortedDictionary<string, double>(StringComparer.Ordinal) { ["mean"] = ((until - from - down) / began).TotalSeconds },
            };
    }

    private static VitalSign Times(string name, string display, string definition, List<TimeSpan> times)
    {
        if (times.Count == 0) return new VitalSign { Name = name, DisplayName = display, Definition = definition, Unit = "seconds", Source = "incidents", Reason = "There was no such incident." };
        var sorted = times.Order().ToList();
        return new VitalSign
        {
            Name = name, DisplayName = display, Definition = definition, Unit = "seconds", Source = "incidents", Sample = sorted.Count,
            Values = new SortedDictionary<string, double>(StringComparer.Ordinal) { ["median"] = Rank(sorted, 0.5), ["p90"] = Rank(sorted, 0.9) },
        };
    }

    // Nearest rank.
    private static double Rank(List<TimeSpan> sorted, double share) => sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Count) - 1)].TotalSeconds;
}
