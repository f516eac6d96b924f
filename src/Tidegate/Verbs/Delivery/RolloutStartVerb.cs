using System.CommandLine;
using Tidegate.Cli;
using Tidegate.Operations.Delivery;

namespace Tidegate.Verbs.Delivery;

/// <summary><c>tidegate rollout start</c>.</summary>
internal sealed class RolloutStartVerb : AdminVerb
{
    private readonly Argument<string> _route = new("route") { Description = "Name of the route; it has a split and a rollout" };
    private readonly Option<string?> _change = DeliveryOptions.Change();
    private readonly Option<string?> _wait = RolloutText.Wait();

    public RolloutStartVerb()
        : base("start", "Begin the rollout of a route on its first step.")
    {
        Arguments.Add(_route);
        Options.Add(_change);
        Options.Add(_wait);
    }

    public override IReadOnlyList<string> Examples => ["rollout start checkout --change CHG-1042 --wait 2h"];

    public override async Task<int> RunAsync(VerbContext context)
    {
        DeliveryOptions.Length(context, _wait);
        var request = new RolloutRequest { Route = context.Get(_route)!, Change = context.Get(_change) ?? "" };
        return await RolloutText.ShowAsync(context, await context.Admin.SendAsync<RolloutRequest, Rollout>(HttpMethod.Post, "rollouts", request, context.Cancel), _wait);
    }
}
