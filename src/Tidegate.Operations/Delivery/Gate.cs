using Tidegate.Core.Ports;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Services;
using Tidegate.Insight.Objectives;
using Tidegate.Operations.Delivery.Gating;
using Tidegate.Platform.Audit;
using Tidegate.Platform.Events;
using Tidegate.Platform.Hosting;
using Tidegate.Platform.Storage;

namespace Tidegate.Operations.Delivery;

/// <summary>May a service be released now? Asks everything that could speak against it and gives all that was found; whatever cannot be asked is an error, never a yes.</summary>
public sealed class Gate
{
    /// <summary>Type of the event that somebody released although the gate denied.</summary>
    public const string Overridden = "delivery.gate_overridden";

    private const int Longest = 2000;

    private readonly IReadOnlyList<IGateCheck> _checks;
    private readonly ObjectiveReader _objectives;
    private readonly KnownServices _services;
    private readonly IConfigSource _config;
    private readonly StateStore _store;
    private readonly AuditTrail _audit;
    private readonly EventLog _events;
    private readonly TimeProvider _time;

    internal Gate(
        IEnumerable<IGateCheck> checks, ObjectiveReader objectives, KnownServices services, IConfigSource config, StateStore store, AuditTrail audit, EventLog events, TimeProvider time) =>
        (_checks, _objectives, _services, _config, _store, _audit, _events, _time) = ([.. checks], objectives, services, config, store, audit, events, time);

    /// <summary>Decides; throws a <see cref="ProblemException"/> when nobody knows the service. An override is written to the audit trail and told of as an event before it is answered; one of what is allowed anyway is not one.</summary>
    public async Task<GateDecision> DecideAsync(GateRequest request, Actor author, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(author);
        Assert(request);
        var document = _config.Current?.Document ?? ConfigDocument.Empty;
        var policy = document.Find($"Service/{request.Service}") is Resource<ServiceConfig> service ? service.Spec.Gate : new GateConfig();
        var question = new GateCase(request, policy, document, _time.GetUtcNow());
        var reasons = new List<GateReason>();
        foreach (var check in _checks) reasons.AddRange(await check.LookAsync(question, cancel));
        // Nothing would ever speak against a service that is mistyped.
        await _services.AssertAsync([request.Service], cancel);
        var denying = reasons.Count(r => r.Effect == GateEffect.Deny);
        var decision = new GateDecision
        {
            Service = request.Service,
            Change = request.Change,
            Priority = request.Priority,
            Allowed = denying == 0,
            Summary = Summary(request, denying, reasons),
            At = question.Now,
            Reasons = [.. reasons.OrderBy(r => r.Effect)],
            Objectives = [.. _objectives.All.Where(o => o.Service == request.Service).Select(ObjectiveCheck.Figures)],
        };
        return decision.Allowed || request.Override is not { } why ? decision : await OverrideAsync(decision, why, author, cancel);
    }

    private async Task<GateDecision> OverrideAsync(GateDecision denied, string why, Actor author, CancellationToken cancel)
    {
        var decision = denied with { Allowed = true, OverriddenBy = author.Name, OverrideReason = why, Summary = $"Allowed: {author.Name} overrides the gate ({why}). {denied.Summary}" };
        await _store.ChangeAsync(async (db, inner) =>
        {
            await _audit.AppendAsync(db, new AuditEntry(author, "delivery.gate_override", $"service/{denied.Service}", null, new { denied.Change, Reason = why, Denied = denied.Reasons.Where(r => r.Effect == GateEffect.Deny).Select(r => r.Text) }), inner);
            await _events.AppendAsync(db, new NewEvent($"gate_{Guid.CreateVersion7(denied.At):N}", Overridden, $"service/{denied.Service}", denied.At, decision), inner);
        }, cancel);
        return decision;
    }

    private static void Assert(GateRequest request)
    {
        if (string.IsNullOrWhiteSpace(request.Service)) throw new ProblemException(Problems.BadRequest("service", "The gate needs to know which service.").Problem);
        if (request.Override is not null && string.IsNullOrWhiteSpace(request.Override)) throw new ProblemException(Problems.BadRequest("override", "An override needs a reason.").Problem);
        foreach (var (path, text) in new[] { ("service", request.Service), ("change", request.Change), ("override", request.Override ?? "") })
            RequestText.Assert(path, text, Longest);
    }

    private static string Summary(GateRequest request, int denying, List<GateReason> reasons)
    {
        if (denying > 0) return $"Denied: {denying} {(denying == 1 ? "reason speaks" : "reasons speak")} against a release of {request.Service}.";
        var waived = reasons.Count(r => r.Effect == GateEffect.Waived);
        var warned = reasons.Count - waived;
        return waived > 0 ? $"Allowed for its priority ({Words.Of(request.Priority)}): {waived} {(waived == 1 ? "reason" : "reasons")} would deny another release of {request.Service}."
            : warned > 0 ? $"Allowed, with {warned} {(warned == 1 ? "warning" : "warnings")}." : $"Allowed: nothing speaks against a release of {request.Service}.";
    }
}
