using Tidegate.Cli;
using Tidegate.Prompts;

namespace Tidegate.Verbs.Prompts;

/// <summary><c>tidegate prompts list</c>.</summary>
internal sealed class PromptsListVerb() : AdminVerb("list", "List the prompts in force.")
{
    public override async Task<int> RunAsync(VerbContext context)
    {
        var prompts = await context.Admin.ItemsAsync<PromptEntry>("prompts", context.Cancel).ToListAsync(context.Cancel);
        context.ShowList(
            prompts,
            "There are no prompts in the configuration.",
            new Column<PromptEntry>("PROMPT", p => p.Name),
            new Column<PromptEntry>("RELEASED", p => p.Release),
            new Column<PromptEntry>("CANARIES", p => string.Join(' ', p.Versions.Where(v => v.Canary > 0 && v.Version != p.Release).Select(v => $"{v.Version}={v.Canary}"))) { Spare = 2 },
            new Column<PromptEntry>("VERSIONS", p => string.Join(' ', p.Versions.Select(v => v.Version))) { Spare = 1 },
            new Column<PromptEntry>("MODEL", p => p.Versions.FirstOrDefault(v => v.Version == p.Release)?.Model),
            new Column<PromptEntry>("PATH", p => p.Path));
        return ExitCode.Ok;
    }
}
