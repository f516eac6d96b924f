using System.CommandLine;
using Tidegate.Cli;

namespace Tidegate.Verbs.Prompts;

/// <summary><c>tidegate prompts rollback</c>.</summary>
internal sealed class PromptsRollbackVerb : AdminVerb
{
    private const int MostRevisions = 200;

    private readonly Argument<string> _name = PromptArgument.Make();
    private readonly Option<string?> _message = new("--message", "-m") { Description = "Why, for the history", HelpName = "text" };

    public PromptsRollbackVerb()
        : base("rollback", "Release the version of a prompt again that was released before the present one; everything else stays as it is.")
    {
        Arguments.Add(_name);
        Options.Add(_message);
    }

    public override IReadOnlyList<string> Examples => ["prompts rollback triage -m \"version 2 answers in French\""];

    public override async Task<int> RunAsync(VerbContext context)
    {
        var prompt = await PromptRelease.ReadAsync(context, context.Get(_name)!);
        var before = await prompt.BeforeAsync(MostRevisions) ?? throw new VerbFailure(ExitCode.Failed, $"No other version of {context.Get(_name)} was released in the last {MostRevisions} revisions.")
        {
            Action = $"Name one with 'tidegate prompts release': there are {string.Join(", ", prompt.Versions)}.",
        };
        return await prompt.ApplyAsync(before, context.Get(_message));
    }
}
