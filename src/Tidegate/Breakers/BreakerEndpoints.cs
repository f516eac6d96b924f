using Tidegate.Core.Ports;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Schema;
using Tidegate.Core.Resources.Shapes;
using Tidegate.Gateway;
using Tidegate.Platform.Audit;
using Tidegate.Platform.Hosting;

namespace Tidegate.Breakers;

/// <summary>Breakers over the admin API. Names of destinations have any characters, so they stand in bodies.</summary>
internal static class BreakerEndpoints
{
    /// <summary>Longest hold: who needs more changes the configuration.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    private const int MostOfReason = 500;

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/breakers", List).RequirePermission(BreakersModule.Read).WithName("listBreakers").WithSummary("The breakers of this node, of services and of models by key, and who holds them.").Produces<Page<BreakerStatus>>();
        api.MapPost("/breakers/hold", HoldAsync).RequirePermission(BreakersModule.Hold).WithName("holdBreaker").WithSummary("Hold a breaker open or closed on this node, for a time and a reason. Audited.").Produces<Page<BreakerStatus>>();
        api.MapPost("/breakers/release", ReleaseAsync).RequirePermission(BreakersModule.Hold).WithName("releaseBreaker").WithSummary("End a hold before its time. Audited.").Produces<Page<BreakerStatus>>();
    }

    // As many as there are destinations, as in the status: one page, in the shape of every list.
    private static IResult List(BreakerControl breakers, bool? held) => Answer(breakers.List().Where(b => held != true || b.Held is not null));

    private static async Task<IResult> HoldAsync(BreakerControl breakers, AuditTrail audit, Actor actor, HoldRequest body, CancellationToken cancel)
    {
        var findings = new List<Finding>();
        if (body.Position is not ("open" or "closed")) findings.Add(Wrong("position", $"'{body.Position}' is no position: open (no call passes) or closed (every call does)."));
        if (!Duration.TryParse(body.For, out var time) || time <= TimeSpan.Zero || time > Longest) findings.Add(Wrong("for", $"'{body.For}' is not {Duration.Expected}, above 0 and at most 7d."));
        if (string.IsNullOrWhiteSpace(body.Reason) || body.Reason.Length > MostOfReason) findings.Add(Wrong("reason", $"A reason is needed, of at most {MostOfReason} characters: whoever finds the hold wants to know."));
        if (findings.Count > 0) return new ProblemResult(new() { Status = StatusCodes.Status422UnprocessableEntity, Code = "invalid_hold", Detail = "The hold is not taken.", Findings = findings });
        if (!IsThere(breakers, body.Service, body.Destination)) return None(breakers, body.Service, body.Destination);
        await audit.AppendAsync(new AuditEntry(actor, "breakers.hold", $"{body.Service}: {body.Destination}") { After = $"{body.Position} for {body.For}: {body.Reason}" }, cancel);
        return Answer(breakers, breakers.Hold(body.Service, body.Destination, body.Position == "open", time, body.Reason), body.Service);
    }

    private static async Task<IResult> ReleaseAsync(BreakerControl breakers, AuditTrail audit, Actor actor, ReleaseRequest body, CancellationToken cancel)
    {
        if (!IsThere(breakers, body.Service, body.Destination)) return None(breakers, body.Service, body.Destination);
        await audit.AppendAsync(new AuditEntry(actor, "breakers.release", $"{body.Service}: {body.Destination}"), cancel);
        return Answer(breakers, breakers.Release(body.Service, body.Destination), body.Service);
    }

    private static bool IsThere(BreakerControl breakers, string service, string destination) => breakers.Find(service, destination).Count > 0;

    private static IResult Answer(BreakerControl breakers, IReadOnlyList<string> names, string service) =>
        Answer(breakers.List().Where(b => b.Service == service && names.Contains(b.Destination, StringComparer.Ordinal)));

    private static IResult Answer(IEnumerable<BreakerStatus> breakers) => Results.Json(new Page<BreakerStatus>([.. breakers], null), ApiJson.Options);

    private static Finding Wrong(string path, string message) => new(FindingSeverity.Error, "invalid_value", "", path, message, null);

    private static ProblemResult None(BreakerControl breakers, string service, string destination)
    {
        var all = breakers.List();
        var near = all.Any(b => b.Service == service)
            ? Suggestion.For(destination, all.Where(b => b.Service == service).SelectMany(b => new[] { b.Destination, b.Destination.Split('#')[0] }).Distinct(StringComparer.Ordinal))
            : Suggestion.For(service, all.Select(b => b.Service).Distinct(StringComparer.Ordinal));
        return Problems.NotFound($"destination '{destination}' of '{service}'", $"'tidegate breakers list' shows them.{near}");
    }
}
