using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tidegate.Platform.Audit;
using Tidegate.Platform.Hosting;

namespace Tidegate.Tests.Platform.Security;

/// <summary>Endpoints of every kind of protection.</summary>
internal sealed class ProbeModule : Module
{
    public static readonly Permission Look = new("probe.look", Role.Viewer, "Look.");
    public static readonly Permission Turn = new("probe.turn", Role.Operator, "Turn.");
    public static readonly Permission Break = new("probe.break", Role.Admin, "Break.");

    private int _reached;

    /// <summary>How many requests got through to an endpoint.</summary>
    public int Reached => _reached;

    public override string Name => "Probe";

    public override IReadOnlyList<Permission> Permissions => [Look, Turn, Break];

    public override void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/probe/look", (Actor actor) => Answer(actor)).RequirePermission(Look);
        api.MapPost("/probe/turn", (Actor actor) => Answer(actor)).RequirePermission(Turn);
        api.MapPost("/probe/break", (Actor actor) => Answer(actor)).RequirePermission(Break);
        api.MapGet("/probe/forgotten", (Actor actor) => Answer(actor));
        api.MapGet("/probe/open", (Actor actor) => Answer(actor)).AllowWithoutLogin();
    }

    private IResult Answer(Actor actor)
    {
        Interlocked.Increment(ref _reached);
        return Results.Json(actor, ApiJson.Options);
    }
}
