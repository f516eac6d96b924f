using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tidegate.Platform.Audit;
using Tidegate.Platform.Hosting;

namespace Tidegate.Insight.PostMortems.Endpoints;

/// <summary>Post-mortems: required by people and by error budget policies, written by people.</summary>
internal static class PostMortemEndpoints
{
    private const int Most = 500;

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/postmortems", ListAsync).RequirePermission(PostMortemsModule.Read).WithName("listPostMortems").WithSummary("Post-mortems, newest first: those that are due, or all.").Produces<Page<PostMortem>>();
        api.MapGet("/postmortems/{incident}", FindAsync).RequirePermission(PostMortemsModule.Read).WithName("getPostMortem").WithSummary("The post-mortem of an incident.").Produces<PostMortem>();
        api.MapPost("/postmortems/{incident}/require", RequireAsync).RequirePermission(PostMortemsModule.Write).WithName("requirePostMortem")
            .WithSummary("Make the post-mortem of an incident mandatory: it is due until it is written and has a P0 action item.").Produces<PostMortem>();
        api.MapPost("/postmortems/{incident}/actions", AddAsync).RequirePermission(PostMortemsModule.Write).WithName("addPostMortemAction").WithSummary("Add an action item.").Produces<PostMortem>();
        api.MapPut("/postmortems/{incident}", WriteAsync).RequirePermission(PostMortemsModule.Write).WithName("writePostMortem")
            .WithSummary("Write the post-mortem of an incident, or write it anew; refused while it is mandatory and has no P0 action item.").Produces<PostMortem>();
    }

    private static async Task<IResult> ListAsync(PostMortemStore postMortems, bool? all, int? limit, CancellationToken cancel)
    {
        if (limit is < 1 or > Most) return Problems.BadRequest("limit", $"The limit {limit} is out of range.", $"Use 1 to {Most}.");
        return Results.Json(new Page<PostMortem>(await postMortems.ListAsync(all ?? false, limit ?? Most, cancel), null), ApiJson.Options);
    }

    private static async Task<IResult> FindAsync(PostMortemStore postMortems, string incident, CancellationToken cancel) => await postMortems.FindAsync(incident, cancel) is { } found
        ? Results.Json(found, ApiJson.Options)
        : Problems.NotFound($"post-mortem of {incident}", $"'tidegate postmortems list --all' shows all; 'tidegate postmortems action {incident} TITLE' begins one.");

    private static async Task<IResult> RequireAsync(PostMortemStore postMortems, string incident, RequireBody body, Actor author, CancellationToken cancel) =>
        Answer(incident, await postMortems.RequireAsync(incident, body.Reason, author, cancel));

    private static async Task<IResult> AddAsync(PostMortemStore postMortems, string incident, ActionItemRequest body, Actor author, CancellationToken cancel) =>
        Answer(incident, await postMortems.AddAsync(incident, body, author, cancel));

    private static async Task<IResult> WriteAsync(PostMortemStore postMortems, string incident, WriteBody body, Actor author, CancellationToken cancel) =>
        Answer(incident, await postMortems.WriteAsync(incident, body.Text, author, cancel));

    private static IResult Answer(string incident, PostMortem? changed) =>
        changed is null ? Problems.NotFound($"incident {incident}", "'tidegate incidents list --all' shows all.") : Results.Json(changed, ApiJson.Options);

    /// <summary>Why it is mandatory.</summary>
    internal sealed record RequireBody(string Reason);

    /// <summary>What happened, why, and what was learnt.</summary>
    internal sealed record WriteBody(string Text);
}
