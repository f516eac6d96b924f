using System.CommandLine;
using Tidegate.Cli;
using Tidegate.Operations.Delivery;

namespace Tidegate.Verbs.Delivery;

/// <summary><c>tidegate rollout promote</c>.</summary>
internal sealed class RolloutPromoteVerb : AdminVerb
{
    private readonly Argument<string> _id = RolloutText.Id();
    private readonly Option<bool> _full = new("--full") { Description = "All calls at once, rather than the next step" };
    private readonly Option<string?> _reason = new("--reason", "-m") { Description = "Why", HelpName = "text" };

    public RolloutPromoteVerb()
        : base("promote", "Go to the next step without waiting for the judgement.")
    {
        Arguments.Add(_id);
        Options.Add(_full);
        Options.Add(_reason);
    }

    public override async Task<int> RunAsync(VerbContext context)
    {
        var order = new RolloutOrder { Reason = context.Get(_reason) ?? "", Full = context.Get(_full) };
        var rollout = await context.Admin.SendAsync<RolloutOrder, Rollout>(HttpMethod.Post, $"rollouts/{AdminPath.Segment(context.Get(_id)!)}/promote", order, context.Cancel);
        context.Show(rollout, (screen, r) => screen.Profile.Out.Writer.WriteLine($"{r.Canary} on route {r.Route} is {RolloutText.State(r.State)} at {r.Share} %."));
        return ExitCode.Ok;
    }
}
