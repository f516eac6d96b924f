using System.CommandLine;
using Spectre.Console;
using Tidegate.Cli;
using Tidegate.Platform.ConfigStore;

namespace Tidegate.Verbs;

/// <summary><c>tidegate rollback</c>.</summary>
internal sealed class RollbackVerb : AdminVerb
{
    private readonly Argument<long> _to = new("revision")
    {
        Description = "Revision whose document is to be in force again",
        CustomParser = result =>
        {
            if (!long.TryParse(result.Tokens[0].Value, out var number)) result.AddError($"'{result.Tokens[0].Value}' is not a revision number; 'tidegate revisions' lists them.");
            return number;
        },
    };
    private readonly Option<string?> _message = new("--message", "-m") { Description = "Why, for the history", HelpName = "text" };
    private readonly Option<long?> _parent = new("--parent") { Description = "Refuse when another revision than this one is in force", HelpName = "number" };

    public RollbackVerb()
        : base("rollback", "Bring an older revision back, as a new one.")
    {
        Arguments.Add(_to);
        Options.Add(_message);
        Options.Add(_parent);
    }

    public override IReadOnlyList<string> Examples => ["rollback 16 -m \"v2 answers 500\""];

    public override async Task<int> RunAsync(VerbContext context)
    {
        var body = new Body(context.Get(_to), context.Get(_parent), context.Get(_message) ?? "");
        var applied = await context.Admin.SendAsync<Body, Applied>(HttpMethod.Post, "config/rollback", body, context.Cancel);
        context.Show(applied, (screen, a) =>
            screen.WriteLine(a.Changed ? $"Revision {a.Revision.Number}, with the document of revision {body.To}: {a.Revision.Summary}." : $"Nothing to do: revision {a.Revision.Number} says the same."));
        return ConfigScreens.EndOf(context, applied);
    }

    private sealed record Body(long To, long? Parent, string Message);
}
