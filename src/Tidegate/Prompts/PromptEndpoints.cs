using System.Text.Json;
using Tidegate.Core.Ports;
using Tidegate.Core.Prompts;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Prompts;
using Tidegate.Core.Resources.Shapes;
using Tidegate.Platform.Hosting;

namespace Tidegate.Prompts;

/// <summary>Prompts over the admin API.</summary>
internal static class PromptEndpoints
{
    private const int MostOnAPage = 1000, DefaultPage = 100;
    private static readonly JsonElement Nothing = JsonDocument.Parse("{}").RootElement.Clone();

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/prompts", List).RequirePermission(PromptsModule.Read).WithSummary("List the prompts in force, with their versions.");
        api.MapGet("/prompts/{name}", Show).RequirePermission(PromptsModule.Read).WithSummary("One prompt: path, versions, variables.");
        api.MapPost("/prompts/{name}/render", RenderAsync).RequirePermission(PromptsModule.Read).WithSummary("A dry run: the messages a prompt would send, with values in place. No model is asked.");
    }

    private static IResult List(IConfigSource source, string? cursor, int? limit)
    {
        var size = limit ?? DefaultPage;
        if (size is < 1 or > MostOnAPage) return Problems.BadRequest("limit", $"A page cannot have {size} prompts.", $"Legal are 1 to {MostOnAPage}.");
        var page = All(source).Where(p => cursor is null || string.CompareOrdinal(p.Metadata.Name, cursor) > 0).Take(size + 1).Select(PromptEntry.Of).ToList();
        var next = page.Count > size ? page[size - 1].Name : null;
        return Results.Json(new Page<PromptEntry>([.. page.Take(size)], next), ApiJson.Options);
    }

    private static IResult Show(IConfigSource source, string name) =>
        Find(source, name) is { } prompt ? Results.Json(PromptEntry.Of(prompt), ApiJson.Options) : Missing(source, name);

    private static async Task<IResult> RenderAsync(IConfigSource source, TimeProvider time, string name, RenderBody body)
    {
        if (Find(source, name) is not { } prompt) return Missing(source, name);
        var wanted = body.Version ?? prompt.Spec.Release;
        var versions = prompt.Spec.Versions;
        if (versions.FirstOrDefault(v => v.Version == wanted) is not { } version)
            return Problems.NotFound($"version {wanted} of prompt {name}", $"There are {string.Join(", ", versions.Select(v => v.Version))}.{Suggestion.For(wanted, versions.Select(v => v.Version))}");
        var problems = new List<string>();
        if (PromptProgram.Of(version, problems) is not { } program) return Problems.Conflict("bad_template", prompt.Id, string.Join(' ', problems), "Correct the document.");
        var rendering = await program.RenderAsync(body.Variables ?? Nothing, time);
        if (rendering.Problems.Count > 0) return Wrong(prompt, rendering.Problems);
        return Results.Json(
            new PromptRendered(name, version.Version, version.Model, [.. rendering.Messages.Select(m => new RenderedMessage(JsonNamingPolicy.CamelCase.ConvertName(m.Role.ToString()), m.Text))]), ApiJson.Options);
    }

    private static ProblemResult Wrong(Resource prompt, IReadOnlyList<VariableProblem> problems) => new(new()
    {
        Status = StatusCodes.Status422UnprocessableEntity,
        Code = "invalid_variables",
        Resource = prompt.Id,
        Detail = problems.Count == 1 ? "One thing is wrong with the variables." : $"{problems.Count} things are wrong with the variables.",
        Findings = [.. problems.Select(p => new Finding(FindingSeverity.Error, p.Code, prompt.Id, p.Name.Length == 0 ? "variables" : $"variables.{p.Name}", p.Message, null))],
    });

    private static IEnumerable<Resource<PromptConfig>> All(IConfigSource source) => source.Current?.Document.OfKind<PromptConfig>() ?? [];

    private static Resource<PromptConfig>? Find(IConfigSource source, string name) => source.Current?.Document.Find($"Prompt/{name}") as Resource<PromptConfig>;

    private static ProblemResult Missing(IConfigSource source, string name) =>
        Problems.NotFound($"prompt {name}", $"List them with 'tidegate prompts list'.{Suggestion.For(name, All(source).Select(p => p.Metadata.Name))}");
}
