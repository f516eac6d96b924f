using Tidegate.Core.Calls;
using Tidegate.Core.Ports;
using Tidegate.Gateway.Models.Faces;
using Tidegate.Gateway.Models.Prompts;
using Tidegate.Gateway.Snapshot;

namespace Tidegate.Gateway.Request.Match;

/// <summary>Finds the route and the branch; answers CORS preflights, which carry no credentials.</summary>
internal sealed class MatchStage(IRandomSource random)
{
    private static readonly Refusal NotConfigured = new(503, CallOutcome.Unavailable, "not_configured", "The gateway has no configuration yet.") { RetryAfterSeconds = 1 };
    private static readonly Refusal NoRoute = new(404, CallOutcome.NoRoute, "no_route", "No route takes this host and path.");

    private static readonly Refusal Ambiguous = new(400, CallOutcome.BadRequest, "ambiguous_path",
        "Servers read this path in different ways (encoded or doubled slashes, backslashes or path parameters). Send it in its plain form.", "hygiene");

    /// <summary>False when the call was refused or answered.</summary>
    public bool Find(GatewayCall call)
    {
        if (call.Snapshot is null) return call.Refuse(NotConfigured);
        if (CorsModel.IsPreflight(call.Http.Request)
            && Route(call, call.Http.Request.Headers.AccessControlRequestMethod.ToString(), out _) is { Cors: { } cors } asked)
        {
            Take(call, asked);
            return cors.Answer(call);
        }

        if (Route(call, call.Http.Request.Method, out var refusal) is not { } route) return call.Refuse(refusal ?? NoRoute);
        Take(call, route);
        if (route.ServesModels) Face(call);
        else if (route.Answer is null) Branch(call, route);
        return true;
    }

    private static RouteModel? Route(GatewayCall call, string method, out Refusal? refusal)
    {
        refusal = null;
        var routes = call.Snapshot.Routes;
        var request = call.Http.Request;
        var path = call.Requested.Path;
        call.Parameters.Clear();
        if (!PathForm.IsPlain(path))
        {
            if (PathForm.Reduce(path, out var problem) is not { } reduced)
            {
                refusal = new Refusal(400, CallOutcome.BadRequest, "bad_path", problem!, "hygiene");
                return null;
            }

            var plainest = routes.Find(request, reduced, method, call.Parameters, out _);
            call.Parameters.Clear();
            var asWritten = routes.Find(request, path, method, call.Parameters, out _);
            if (!ReferenceEquals(asWritten, plainest))
            {
                refusal = Ambiguous;
                return null;
            }

            call.Parameters.Clear();
        }

        var route = routes.Find(request, path, method, call.Parameters, out var methodMissed);
        if (route is null && methodMissed) refusal = NotAllowed(call);
        return route;
    }

    private static void Take(GatewayCall call, RouteModel route)
    {
        call.Route = route;
        call.Counters = route.Counters;
        call.Record.Route = route.Name;
    }

    private void Face(GatewayCall call)
    {
        if (call.Snapshot.Models.Prompts.Find(call.Requested.Path) is { } prompt)
        {
            Prompt(call, prompt);
            return;
        }

        call.Face = FaceTable.Find(call.Requested.Path, call.Requested.Query, out var model);
        call.FaceModel = model;
    }

    private void Prompt(GatewayCall call, PromptAddress address)
    {
        var version = address.Pinned ?? (address.Described is null ? address.Prompt.Choose(random) : address.Prompt.Released);
        call.Face = version.Face;
        call.FaceModel = null;
        if (address.Described is not null) return;
        call.Record.Prompt = address.Prompt.Name;
        call.Record.Version = version.Config.Version;
    }

    private void Branch(GatewayCall call, RouteModel route)
    {
        var branch = route.FirstBranch!;
        if (route.IsSplit)
        {
            var branches = route.Branches;
            var draw = random.Next(branches[^1].CumulativeWeight);
            for (var i = 0; draw >= branch.CumulativeWeight; i++) branch = branches[i + 1];
        }

        call.Service = branch.Service;
        call.Counters = branch.Counters;
        call.Record.Service = branch.Service.Name;
        call.Record.Version = branch.Version;
    }

    private static Refusal NotAllowed(GatewayCall call)
    {
        call.Parameters.Clear();
        return new Refusal(405, CallOutcome.NoRoute, "method_not_allowed", $"{call.Http.Request.Method} is not a method of this path.")
        {
            Allow = call.Snapshot.Routes.AllowedMethods(call.Http.Request, call.Requested.Path, call.Parameters),
        };
    }
}
