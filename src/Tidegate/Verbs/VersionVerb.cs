using System.Runtime.InteropServices;
using Tidegate.Cli;

namespace Tidegate.Verbs;

/// <summary><c>tidegate version</c>.</summary>
internal sealed class VersionVerb : Verb
{
    public VersionVerb()
        : base("version", "Show what this program is and what it runs on.") => Options.Add(CommonOptions.Output);

    public override Task<int> RunAsync(VerbContext context)
    {
        var answer = new Answer(ProductVersion.Number, ProductVersion.Commit, Environment.Version.ToString(), RuntimeInformation.OSDescription, RuntimeInformation.RuntimeIdentifier);
        context.ShowObject(answer, ("tidegate", answer.Version), ("commit", answer.Commit), ("runtime", ".NET " + answer.Runtime), ("system", $"{answer.System} ({answer.Platform})"));
        return Task.FromResult(ExitCode.Ok);
    }

    private sealed record Answer(string Version, string? Commit, string Runtime, string System, string Platform);
}
