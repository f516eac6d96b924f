using Tidegate.Cli;
using Tidegate.Core.Resources;

namespace Tidegate.Verbs.Objectives;

/// <summary>A verb that writes what another tool reads to standard output, and what could not be said in it to standard error.</summary>
internal abstract class ExportVerb(string name, string description) : AdminVerb(name, description)
{
    protected static async Task<int> WriteAsync(string path, VerbContext context)
    {
        var export = await context.Admin.GetAsync<Answer>(path, context.Cancel);
        ConfigScreens.Findings(context, export.Findings);
        if (context.Output == OutputFormat.Json) context.Show(export, static (_, _) => { });
        else context.Terminal.Out.Write(export.Text);
        return ExitCode.Ok;
    }

    private sealed record Answer(string Text, IReadOnlyList<Finding> Findings);
}
