using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tidegate.Core.Ports;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Schema;
using Tidegate.Core.Resources.Shapes;
using Tidegate.Core.Resources.Writing;
using Tidegate.Platform.Audit;
using Tidegate.Platform.Hosting;

namespace Tidegate.Platform.ConfigStore.Endpoints;

/// <summary>The configuration in force, and changing it.</summary>
internal static class ConfigEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/config", Current).RequirePermission(ConfigStoreModule.Read);
        api.MapGet("/config/schema", () => Results.Text(DocumentSchema.Published, "application/schema+json")).RequirePermission(ConfigStoreModule.Read);
        api.MapGet("/config/status", Status).RequirePermission(ConfigStoreModule.Read);
        api.MapPost("/config/plan", PlanAsync).RequirePermission(ConfigStoreModule.Read);
        api.MapPost("/config/apply", ApplyAsync).RequirePermission(ConfigStoreModule.Apply);
        api.MapPost("/config/rollback", RollbackAsync).RequirePermission(ConfigStoreModule.Apply);
    }

    private const int LongestEcho = 100;

    /// <summary>A document as JSON, or as YAML with <c>?format=yaml</c>.</summary>
    public static IResult Document(ConfigDocument document, long revision, IReadOnlyList<string> overlays, string? kind, string? name, string? format)
    {
        if (kind is not null && !ResourceKinds.All.Any(k => string.Equals(k.Word, kind, StringComparison.OrdinalIgnoreCase)))
        {
            var words = ResourceKinds.All.Select(k => k.Word).ToList();
            return Problems.NotFound($"kind {kind[..Math.Min(kind.Length, LongestEcho)]}", $"{Suggestion.For(kind, words).TrimStart()} Kinds are {string.Join(", ", words)}.".TrimStart());
        }

        var objects = document.Resources
            .Where(r => (kind is null || string.Equals(r.KindWord, kind, StringComparison.OrdinalIgnoreCase)) && (name is null || r.Metadata.Name == name)).ToList();
        if (name is not null && objects.Count == 0) return Problems.NotFound($"{kind ?? "object"}/{name}", "List what there is with 'tidegate get'.");
        return format switch
        {
            null or "json" => Results.Json(new ConfigAnswer(revision, overlays, JsonNode.Parse(DocumentWriter.Shown(objects))), ApiJson.Options),
            "yaml" => Results.Text(YamlWriter.Shown(objects), "application/yaml"),
            _ => Problems.BadRequest("format", $"'{format}' is no format.", "Use json or yaml."),
        };
    }

    private static IResult Current(HttpContext context, IConfigSource source, string? kind, string? name, string? format)
    {
        if (source.Current is not { } config) return Problems.Unavailable("No configuration is known yet: the state database has not been read.", "Try again in a few seconds.");
        RevisionTag.Write(context, config.Revision);
        return Document(config.Document, config.Revision, config.Overlays, kind, name, format);
    }

    private static IResult Status(IConfigSource source, RevisionStore revisions, OverlayStore overlays) => Results.Json(
        new StatusAnswer(source.Current?.Revision ?? 0, source.Current?.Generation ?? 0, source.Current?.Overlays ?? [], overlays.Skipped, revisions.Rejected), ApiJson.Options);

    // Of 10,000 new objects nobody reads every key: whoever shows a plan to a person asks for the first ones.
    private static async Task<IResult> PlanAsync(HttpContext context, RevisionStore revisions, CandidateBody body, int? limit, bool? lenient, CancellationToken cancel) => limit < 0
        ? Problems.BadRequest("limit", $"The limit {limit} is out of range.", "Use 0 or more: so many objects of each kind of change are spelled out.")
        : Results.Json(await revisions.PlanAsync(body.ToCandidate(RevisionTag.Read(context), lenient ?? false), limit ?? int.MaxValue, cancel), ApiJson.Options);

    private static async Task<IResult> ApplyAsync(HttpContext context, RevisionStore revisions, CandidateBody body, bool? lenient, Actor author, CancellationToken cancel)
    {
        var applied = await revisions.ApplyAsync(body.ToCandidate(RevisionTag.Read(context), lenient ?? false), author, cancel);
        return Done(context, applied);
    }

    private static async Task<IResult> RollbackAsync(HttpContext context, RevisionStore revisions, RollbackBody body, Actor author, CancellationToken cancel)
    {
        var applied = await revisions.RollbackAsync(body.To, RevisionTag.Read(context) ?? body.Parent, body.Message, author, cancel);
        return Done(context, applied);
    }

    /// <summary>The answer, with whether this node runs the revision: it has been told of it before the call comes back. A process without a gateway says nothing of it.</summary>
    private static IResult Done(HttpContext context, Applied applied)
    {
        RevisionTag.Write(context, applied.Revision.Number);
        var refused = NodeRefusal.Of(context.RequestServices.GetService<INodeStatus>(), applied.Revision.Number);
        return Results.Json(applied with { Refused = refused }, ApiJson.Options);
    }
}
