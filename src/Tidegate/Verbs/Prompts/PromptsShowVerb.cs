using System.CommandLine;
using Tidegate.Cli;
using Tidegate.Prompts;

namespace Tidegate.Verbs.Prompts;

/// <summary><c>tidegate prompts show</c>.</summary>
internal sealed class PromptsShowVerb : AdminVerb
{
    private readonly Argument<string> _name = PromptArgument.Make();

    public PromptsShowVerb()
        : base("show", "Show one prompt: where it is called, its versions and their variables.") => Arguments.Add(_name);

    public override IReadOnlyList<string> Examples => ["prompts show triage"];

    public override async Task<int> RunAsync(VerbContext context)
    {
        var prompt = await context.Admin.GetAsync<PromptEntry>($"prompts/{AdminPath.Segment(context.Get(_name)!)}", context.Cancel);
        context.ShowObject(prompt, ("prompt", prompt.Name), ("is", prompt.Description), ("path", prompt.Path), ("description", $"{prompt.Path}/openapi.json"), ("released", prompt.Release));
        if (context.Output != OutputFormat.Table) return ExitCode.Ok;
        context.ShowList(
            prompt.Versions,
            "",
            new Column<PromptVersionEntry>("VERSION", v => v.Version),
            new Column<PromptVersionEntry>("STATE", v => v.Version == prompt.Release ? "released" : v.Canary > 0 ? $"canary {v.Canary}" : "pinned only"),
            new Column<PromptVersionEntry>("MODEL", v => v.Model),
            new Column<PromptVersionEntry>("VARIABLES", v => string.Join(' ', v.Variables.Select(x => $"{x.Name}:{x.Type}{(x.Required ? "" : "?")}"))) { Wraps = true },
            new Column<PromptVersionEntry>("NEW IN IT", v => v.Description) { Spare = 1 });
        return ExitCode.Ok;
    }
}
