using System.CommandLine;
using System.Globalization;
using Tidegate.Cli;
using Tidegate.Insight.Bodies;

namespace Tidegate.Verbs.Calls;

/// <summary><c>tidegate calls erase</c>.</summary>
internal sealed class CallsEraseVerb : AdminVerb
{
    private readonly Option<string> _consumer = new("--consumer") { Description = "Whose calls: the name in the records; it need not be in the configuration any more", HelpName = "name", Required = true };

    public CallsEraseVerb()
        : base("erase", "Erase the records and bodies of a consumer's calls on the node that answers. This cannot be undone.") => Options.Add(_consumer);

    public override IReadOnlyList<string> Examples => ["calls erase --consumer acme"];

    public override async Task<int> RunAsync(VerbContext context)
    {
        var erased = await context.Progress.WhileAsync(
            "Erasing", cancel => context.Admin.SendAsync<EraseRequest, EraseAnswer>(HttpMethod.Post, "calls/erase", new EraseRequest(context.Get(_consumer)), cancel), context.Cancel);
        context.ShowObject(
            erased,
            ("consumer", erased.Consumer),
            ("records erased", erased.Calls.ToString("N0", CultureInfo.InvariantCulture)),
            ("bodies erased", erased.Bodies.ToString("N0", CultureInfo.InvariantCulture)));
        return ExitCode.Ok;
    }
}
