using Tidegate.Core.Calls;
using Tidegate.Core.Ports;

namespace Tidegate.Gateway.Request.Match;

/// <summary>Finds the route and the branch; answers redirects, fixed answers and CORS preflights.</summary>
internal sealed class MatchStage(IRandomSource random)
{
    /// <summary>False when the call was refused or answered.</summary>
    public bool Find(GatewayCall call)
    {
        if (call.Snapshot is null)
            return call.Refuse(new Refusal(503, CallOutcome.Unavailable, "not_configured", "The gateway has no configuration yet.") { RetryAfterSeconds = 1 });
        if (call.Snapshot.Routes.Find(call.Http.Request, call.Parameters) is not { } route)
            return call.Refuse(new Refusal(404, CallOutcome.NoRoute, "no_route", "No route takes this host and path."));

        call.Route = route;
        call.Record.Route = route.Name;
        var draw = random.Next(route.Branches[^1].CumulativeWeight);
        foreach (var branch in route.Branches)
        {
            if (draw >= branch.CumulativeWeight) continue;
            call.Service = branch.Service;
            call.Record.Service = branch.Service.Name;
            call.Record.Version = branch.Version;
            break;
        }

        return true;
    }
}
