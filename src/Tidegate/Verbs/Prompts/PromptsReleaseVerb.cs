using System.CommandLine;
using Tidegate.Cli;

namespace Tidegate.Verbs.Prompts;

/// <summary><c>tidegate prompts release</c>.</summary>
internal sealed class PromptsReleaseVerb : AdminVerb
{
    private readonly Argument<string> _name = PromptArgument.Make();
    private readonly Argument<string> _version = new("version") { Description = "Version that answers from now on" };
    private readonly Option<string?> _message = new("--message", "-m") { Description = "Why, for the history", HelpName = "text" };

    public PromptsReleaseVerb()
        : base("release", "Release a version of a prompt: a new revision of the configuration.")
    {
        Arguments.Add(_name);
        Arguments.Add(_version);
        Options.Add(_message);
    }

    public override IReadOnlyList<string> Examples => ["prompts release triage 2 -m \"shorter answers\""];

    public override async Task<int> RunAsync(VerbContext context) =>
        await (await PromptRelease.ReadAsync(context, context.Get(_name)!)).ApplyAsync(context.Get(_version)!, context.Get(_message));
}
