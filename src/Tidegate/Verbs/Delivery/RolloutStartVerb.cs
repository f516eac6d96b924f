using System.CommandLine;
using Tidegate.Cli;
using Tidegate.Operations.Delivery;

namespace Tidegate.Verbs.Delivery;

/// <summary><c>tidegate rollout start</c>.</summary>
internal sealed class RolloutStartVerb : AdminVerb
{
    private readonly Argument<string> _route = new("route") { Description = "Name of the route; it has a split and a rollout" };
    private readonly Option<string?> _change = DeliveryOptions.Change();
    private readonly Option<ReleasePriority> _priority = DeliveryOptions.Priority();
    private readonly Option<string?> _override = DeliveryOptions.Override();
    private readonly Option<string?> _wait = RolloutText.Wait();

    public RolloutStartVerb()
        : base("start", "Begin the rollout of a route on its first step, if the gate allows it.")
    {
        Arguments.Add(_route);
        Options.Add(_change);
        Options.Add(_priority);
        Options.Add(_override);
        Options.Add(_wait);
    }

    public override IReadOnlyList<string> Examples => ["rollout start checkout --change CHG-1042 --wait 2h", "rollout start checkout --override \"stops the double charges\""];

    public override async Task<int> RunAsync(VerbContext context)
    {
        DeliveryOptions.Length(context, _wait);
        var request = new RolloutRequest { Route = context.Get(_route)!, Change = context.Get(_change) ?? "", Priority = context.Get(_priority), Override = context.Get(_override) };
        return await RolloutText.ShowAsync(context, await context.Admin.SendAsync<RolloutRequest, Rollout>(HttpMethod.Post, "rollouts", request, context.Cancel), _wait);
    }
}
