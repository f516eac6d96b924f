using System.CommandLine;
using Tidegate.Cli;
using Tidegate.Operations.Delivery;

namespace Tidegate.Verbs.Delivery;

/// <summary><c>tidegate rollout pause</c>, <c>resume</c> and <c>abort</c>: somebody steps in.</summary>
internal sealed class RolloutOrderVerb : AdminVerb
{
    private readonly Argument<string> _id = RolloutText.Id();
    private readonly Option<string?> _reason = new("--reason", "-m") { Description = "Why", HelpName = "text" };
    private readonly string _word;

    public RolloutOrderVerb(string word, string description)
        : base(word, description)
    {
        _word = word;
        Arguments.Add(_id);
        Options.Add(_reason);
    }

    public override async Task<int> RunAsync(VerbContext context)
    {
        var rollout = await context.Admin.SendAsync<RolloutOrder, Rollout>(
            HttpMethod.Post, $"rollouts/{AdminPath.Segment(context.Get(_id)!)}/{_word}", new RolloutOrder { Reason = context.Get(_reason) ?? "" }, context.Cancel);
        context.Show(rollout, (screen, r) => screen.Profile.Out.Writer.WriteLine($"{r.Canary} on route {r.Route} is {RolloutText.State(r.State)} at {r.Share} %."));
        return ExitCode.Ok;
    }
}
