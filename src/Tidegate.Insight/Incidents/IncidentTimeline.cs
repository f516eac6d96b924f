using System.Text.Json.Nodes;
using Tidegate.Insight.InboundAlerts;
using Tidegate.Insight.Objectives;
using Tidegate.Platform.Events;

namespace Tidegate.Insight.Incidents;

/// <summary>
/// What happened around an incident: a question to what is kept anyway, so nothing has to be copied to be there. Changes of the configuration are never left out, whatever they are
/// about: what breaks a service is mostly not the service. Alerts and events are those of its objectives and services.
/// </summary>
public sealed class IncidentTimeline
{
    /// <summary>How long before users were hurt is shown, too: what breaks a service mostly does so at once.</summary>
    public static readonly TimeSpan Before = TimeSpan.FromMinutes(30);

    private const int MostPages = 20;
    private const int PageSize = 500;

    private readonly EventLog _events;
    private readonly IEnumerable<IAlertChanges> _changes;
    private readonly TimeProvider _time;

    internal IncidentTimeline(EventLog events, IEnumerable<IAlertChanges> changes, TimeProvider time) => (_events, _changes, _time) = (events, changes, time);

    /// <summary>Oldest first.</summary>
    public async Task<IReadOnlyList<TimelineEntry>> OfAsync(Incident incident, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(incident);
        var (from, until) = (incident.ImpactStart - Before, incident.ClosedAt ?? _time.GetUtcNow());
        var rows = new List<TimelineEntry>();
        foreach (var source in _changes) rows.AddRange((await source.BetweenAsync(from, until, cancel)).Where(c => c.At >= from).Select(c => new TimelineEntry(c.At, c.Kind, c.Id, c.Author, c.Text)));
        rows.AddRange(await EventsAsync(incident, from, until, cancel));
        rows.AddRange(incident.Notes.Select((n, i) => new TimelineEntry(n.At, "note", $"{incident.Id}/{i + 1}", n.Author, n.Text)));
        return [.. rows.OrderBy(r => r.At).ThenBy(r => r.Kind, StringComparer.Ordinal).ThenBy(r => r.Id, StringComparer.Ordinal)];
    }

    private async Task<IReadOnlyList<TimelineEntry>> EventsAsync(Incident incident, DateTimeOffset from, DateTimeOffset until, CancellationToken cancel)
    {
        var rows = new List<TimelineEntry>();
        long? below = null;
        for (var page = 0; page < MostPages; page++)
        {
            // The end counts in: it is told of at the moment of closing.
            var events = await _events.ListAsync(new EventQuery { From = from, To = until.AddSeconds(1), Below = below, Limit = PageSize }, cancel);
            rows.AddRange(events.Where(e => e.Time <= until && IsAbout(e, incident)).Select(EntryOf));
            if (events.Count < PageSize) break;
            below = events[^1].Sequence;
            if (page == MostPages - 1) rows.Add(new TimelineEntry(events[^1].Time, "note", "", "", $"Events before {events[^1].Time:u} are not shown: there are more than {MostPages * PageSize}."));
        }

        return rows;
    }

    // By its subject, or by what its data says it is about: every module names objectives and services by these words.
    private static bool IsAbout(Event happened, Incident incident)
    {
        if (happened.Subject == $"incident/{incident.Id}") return true;
        if (happened.Data is not JsonObject data) return false;
        if (Names(data, "objective").Concat(Names(data, "objectives")).Any(o => incident.Objectives.Contains(o, StringComparer.Ordinal))) return true;
        return Names(data, "service").Concat(Names(data, "services")).Any(s => incident.Services.Contains(s, StringComparer.Ordinal));
    }

    private static IEnumerable<string> Names(JsonObject data, string key) => data[key] switch
    {
        JsonValue value when value.TryGetValue<string>(out var name) => [name],
        JsonArray names => names.OfType<JsonValue>().Select(n => n.TryGetValue<string>(out var name) ? name : ""),
        _ => [],
    };

    private static TimelineEntry EntryOf(Event happened)
    {
        var data = happened.Data as JsonObject;
        var isAlert = happened.Type is AlertStore.Fired or AlertStore.Resolved or InboundAlertStore.Fired or InboundAlertStore.Resolved;
        // The summary of an alert that has ended is that of its beginning.
        var text = happened.Type is AlertStore.Resolved or InboundAlertStore.Resolved ? $"it has ended ({Text(data, "objective") ?? Text(data, "title") ?? Text(data, "id")}). {Text(data, "endReason")}".TrimEnd() : Text(data, "text") ?? Text(data, "summary") ?? Text(data, "title") ?? Text(data, "reason");
        return new TimelineEntry(happened.Time, isAlert ? "alert" : "event", isAlert ? Text(data, "id") ?? happened.Id : happened.Id, Text(data, "author") ?? Text(data, "by") ?? Text(data, "closedBy") ?? Text(data, "openedBy") ?? "",
            text is null ? $"{happened.Type} ({happened.Subject})" : $"{happened.Type}: {text}");
    }

    private static string? Text(JsonObject? data, string key) => data?[key] is JsonValue value && value.TryGetValue<string>(out var text) && text.Length > 0 ? text : null;
}
