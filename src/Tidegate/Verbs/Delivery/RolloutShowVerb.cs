using System.CommandLine;
using Tidegate.Cli;
using Tidegate.Operations.Delivery;

namespace Tidegate.Verbs.Delivery;

/// <summary><c>tidegate rollout show</c>.</summary>
internal sealed class RolloutShowVerb : AdminVerb
{
    private readonly Argument<string> _id = RolloutText.Id();
    private readonly Option<string?> _wait = RolloutText.Wait();

    public RolloutShowVerb()
        : base("show", "Show one rollout, with the canary beside its baseline.")
    {
        Arguments.Add(_id);
        Options.Add(_wait);
    }

    public override async Task<int> RunAsync(VerbContext context)
    {
        var rollout = await context.Admin.GetAsync<Rollout>($"rollouts/{AdminPath.Segment(context.Get(_id)!)}", context.Cancel);
        var code = await RolloutText.ShowAsync(context, rollout, _wait);
        return context.Get(_wait) is null ? ExitCode.Ok : code;
    }
}
