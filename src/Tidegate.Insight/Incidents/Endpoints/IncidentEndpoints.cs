using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tidegate.Core.Resources.Shapes;
using Tidegate.Insight.Objectives;
using Tidegate.Platform.Audit;
using Tidegate.Platform.Hosting;

namespace Tidegate.Insight.Incidents.Endpoints;

/// <summary>Incidents: opened and closed by people, and by error budget policies.</summary>
internal static class IncidentEndpoints
{
    private const int MostPerPage = 500;

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/incidents", ListAsync).RequirePermission(IncidentsModule.Read).WithName("listIncidents").WithSummary("Incidents, newest first: those that are open, or all.").Produces<Page<Incident>>();
        api.MapGet("/incidents/{id}", FindAsync).RequirePermission(IncidentsModule.Read).WithName("getIncident").WithSummary("One incident with its notes and what it used of error budgets.").Produces<Incident>();
        api.MapGet("/incidents/{id}/timeline", TimelineAsync).RequirePermission(IncidentsModule.Read).WithName("getIncidentTimeline")
            .WithSummary("What happened around it, oldest first: events, alerts, revisions, overlays, notes.").Produces<Page<TimelineEntry>>();
        api.MapPost("/incidents", OpenAsync).RequirePermission(IncidentsModule.Write).WithName("openIncident")
            .WithSummary("Open an incident, or join the one that is open for its objective or service (200).").Produces<Incident>(StatusCodes.Status201Created);
        api.MapPost("/incidents/{id}/notes", NoteAsync).RequirePermission(IncidentsModule.Write).WithName("noteIncident").WithSummary("Write something down about it.").Produces<Incident>();
        api.MapPost("/incidents/{id}/acknowledge", AcknowledgeAsync).RequirePermission(IncidentsModule.Write).WithName("acknowledgeIncident").WithSummary("Say that you take care of it; the first who does holds.").Produces<Incident>();
        api.MapPost("/incidents/{id}/close", CloseAsync).RequirePermission(IncidentsModule.Write).WithName("closeIncident").WithSummary("Close it.").Produces<Incident>();
    }

    private static async Task<IResult> ListAsync(IncidentStore incidents, bool? all, string? service, string? cursor, int? limit, CancellationToken cancel)
    {
        long? below = null;
        if (cursor is not null)
        {
            if (!long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return Problems.BadRequest("cursor", "The cursor is not one this list gave.");
            below = number;
        }

        if (limit is < 1 or > MostPerPage) return Problems.BadRequest("limit", $"The limit {limit} is out of range.", $"Use 1 to {MostPerPage}.");
        var size = limit ?? 50;
        var rows = await incidents.ListAsync(all ?? false, service, below, size + 1, cancel);
        return Results.Json(new Page<Incident>([.. rows.Take(size)], rows.Count > size ? rows[size - 1].Id[4..] : null), ApiJson.Options);
    }

    private static async Task<IResult> FindAsync(IncidentStore incidents, string id, CancellationToken cancel) =>
        await incidents.FindAsync(id, cancel) is { } incident ? Results.Json(incident, ApiJson.Options) : None(id);

    private static async Task<IResult> TimelineAsync(IncidentStore incidents, IncidentTimeline timeline, string id, CancellationToken cancel) =>
        await incidents.FindAsync(id, cancel) is { } incident ? Results.Json(new Page<TimelineEntry>(await timeline.OfAsync(incident, cancel), null), ApiJson.Options) : None(id);

    private static async Task<IResult> OpenAsync(IncidentStore incidents, KnownServices services, ObjectiveReader objectives, IncidentRequest body, Actor author, CancellationToken cancel)
    {
        // Policies know what they name; a person may mistype it. What is blank is refused for that.
        await services.AssertAsync([.. body.Services.Where(s => !string.IsNullOrWhiteSpace(s))], cancel);
        if (objectives.HasBegun && body.Objectives.FirstOrDefault(o => !string.IsNullOrWhiteSpace(o) && !objectives.Knows(o)) is { } unknown)
            return Problems.NotFound($"objective {unknown}", $"'tidegate slo list' shows all. A new SLO is judged within 10 s.{Suggestion.For(unknown, objectives.Ids)}");
        var opened = await incidents.OpenAsync(body, author, cancel);
        return Results.Json(opened.Incident, ApiJson.Options, statusCode: opened.IsNew ? StatusCodes.Status201Created : StatusCodes.Status200OK);
    }

    private static async Task<IResult> NoteAsync(IncidentStore incidents, string id, NoteBody body, Actor author, CancellationToken cancel) =>
        await incidents.NoteAsync(id, body.Note, author, cancel) is null ? None(id) : Results.Json(await incidents.FindAsync(id, cancel), ApiJson.Options);

    private static async Task<IResult> AcknowledgeAsync(IncidentStore incidents, string id, Actor author, CancellationToken cancel) =>
        await incidents.AcknowledgeAsync(id, author, cancel) is null ? None(id) : await FindAsync(incidents, id, cancel);

    private static async Task<IResult> CloseAsync(IncidentStore incidents, string id, CloseBody body, Actor author, CancellationToken cancel)
    {
        // It was closed before: what is told of it all the same is not lost.
        if (await incidents.CloseAsync(id, body.Note, author, cancel) is null && body.Note is not null) await incidents.NoteAsync(id, body.Note, author, cancel);
        return await FindAsync(incidents, id, cancel);
    }

    private static ProblemResult None(string id) => Problems.NotFound($"incident {id}", "'tidegate incidents list --all' shows all.");

    /// <summary>What to write down.</summary>
    internal sealed record NoteBody(string Note);

    /// <summary>A last note, or none.</summary>
    internal sealed record CloseBody(string? Note = null);
}
