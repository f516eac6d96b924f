using System.CommandLine;
using Tidegate.Cli;
using Tidegate.Insight.PostMortems;

namespace Tidegate.Verbs.PostMortems;

/// <summary><c>tidegate postmortems require</c>.</summary>
internal sealed class PostMortemsRequireVerb : AdminVerb
{
    private readonly Argument<string> _incident = new("incident") { Description = "Id of the incident", HelpName = "incident" };
    private readonly Option<string> _reason = new("--reason", "-m") { Description = "Why, for whoever has to write it", HelpName = "text", Required = true };

    public PostMortemsRequireVerb()
        : base("require", "Make the post-mortem of an incident mandatory, with at least one P0 action item.")
    {
        Arguments.Add(_incident);
        Options.Add(_reason);
    }

    public override IReadOnlyList<string> Examples => ["postmortems require inc_3 -m \"data was lost\""];

    public override async Task<int> RunAsync(VerbContext context)
    {
        var found = await context.Admin.SendAsync<object, PostMortem>(HttpMethod.Post, $"postmortems/{AdminPath.Segment(context.Get(_incident)!)}/require", new { Reason = context.Get(_reason)! }, context.Cancel);
        context.Show(found, (screen, p) => screen.Profile.Out.Writer.WriteLine($"The post-mortem of {p.Incident} is mandatory ({p.Reason}); {PostMortemText.State(p)}."));
        return ExitCode.Ok;
    }
}
