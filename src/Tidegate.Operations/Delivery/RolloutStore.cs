using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Routes;
using Tidegate.Operations.Delivery.Releasing;
using Tidegate.Operations.Delivery.Rollouts;
using Tidegate.Platform.Audit;
using Tidegate.Platform.ConfigStore;
using Tidegate.Platform.Events;
using Tidegate.Platform.Hosting;
using Tidegate.Platform.Storage;

namespace Tidegate.Operations.Delivery;

/// <summary>Rollouts, on disk. What is decided is written down here first, with its reason; the node that holds the lease brings the traffic after it.</summary>
public sealed class RolloutStore
{
    /// <summary>Types of events begin so; the state follows: <c>delivery.rollout_rolled_back</c>.</summary>
    public const string EventPrefix = "delivery.rollout_";

    private const int LongestReason = 2000, MostActive = 1000;

    private readonly StateStore _store;
    private readonly AuditTrail _audit;
    private readonly EventLog _events;
    private readonly RevisionStore _revisions;
    private readonly ReleaseStore _releases;
    private readonly RolloutTraffic _traffic;
    private readonly RolloutSignal _signal;
    private readonly TimeProvider _time;

    internal RolloutStore(StateStore store, AuditTrail audit, EventLog events, RevisionStore revisions, ReleaseStore releases, RolloutTraffic traffic, RolloutSignal signal, TimeProvider time) =>
        (_store, _audit, _events, _revisions, _releases, _traffic, _signal, _time) = (store, audit, events, revisions, releases, traffic, signal, time);

    internal Task Ready => _store.Ready;

    /// <summary>Newest first: those under way, or all.</summary>
    public async Task<IReadOnlyList<Rollout>> ListAsync(bool all, int limit, CancellationToken cancel)
    {
        var rows = await _store.ReadAsync((db, inner) =>
        {
            IQueryable<RolloutRow> rollouts = db.Set<RolloutRow>();
            if (!all) rollouts = rollouts.Where(r => r.State == RolloutState.Running || r.State == RolloutState.Paused);
            return rollouts.OrderByDescending(r => r.StartedAt).ThenBy(r => r.Id).Take(limit).ToListAsync(inner);
        }, cancel);
        return [.. rows.Select(r => r.ToFile().Rollout)];
    }

    /// <summary>One by its id, or the newest of a route by the route's name; null when there is none.</summary>
    public async Task<Rollout?> FindAsync(string idOrRoute, CancellationToken cancel) => (await ReadAsync(idOrRoute, cancel))?.Rollout;

    /// <summary>
    /// The services of the split, that of the canary first: a step moves calls between all of them, so the gates of all are asked before it begins.
    /// Throws a <see cref="ProblemException"/> when it could not begin: the route has none, one is under way, or an overlay says what the split is.
    /// </summary>
    public async Task<IReadOnlyList<string>> ServicesOfAsync(RolloutRequest request, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(request);
        var (route, _, told) = await PlanAsync(request, cancel);
        return [.. route.Split.Select(b => b.Service).Prepend(told.Service).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Begins the rollout of a route on its first step, and its release with it. Asks no gate. Throws a <see cref="ProblemException"/> when the route has none, or one is under way.</summary>
    public async Task<Rollout> StartAsync(RolloutRequest request, Actor author, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(author);
        var (route, plan, told) = await PlanAsync(request, cancel);
        var now = plan.Since;
        var first = new Rollout
        {
            Id = "ro_" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)), Route = request.Route, Service = told.Service, Canary = told.Version, State = RolloutState.Running, Share = 0,
            Steps = plan.Config.Steps, Step = 0, Change = request.Change, Release = "", Author = author.Name, StartedAt = now, StepStartedAt = now,
        };
        var rollout = await _store.ChangeAsync(async (db, inner) =>
        {
            foreach (var earlier in await db.Set<RolloutRow>().Where(r => r.Route == request.Route && r.Holds).ToListAsync(inner))
            {
                var ended = earlier.ToFile();
                if (ended.Rollout.IsActive) throw UnderWay(ended.Rollout);
                // The new one's split holds from here, and nobody looks at the earlier one any more: what waits for its end gets it now.
                if (!ended.Plan.ReleaseEnded) await _releases.FinishAsync(db, ended.Rollout.Release, RolloutTurns.EndOfRelease(ended.Rollout, route), RolloutTurns.AuthorOf(ended.Rollout), inner);
                earlier.Take(ended with { Holds = false, Version = ended.Version + 1, Plan = ended.Plan with { ReleaseEnded = true } });
            }

            // A release of the same version and change that has ended is not found as one that runs.
            await db.SaveChangesAsync(inner);

            // With the rollout or not at all: of several that begin at once one wins, and the others leave no release behind that never ends.
            var release = await _releases.StartAsync(db, told, author, inner);
            var file = RolloutTurns.ToStep(new RolloutFile(first with { Release = release.Id }, plan, Holds: true, Version: 1), 0, author.Name, $"{author.Name} begins it.", now);
            db.Add(RolloutRow.Of(file));
            await TellAsync(db, file, author, "started", inner);
            return file.Rollout;
        }, cancel);
        _signal.Set();
        return rollout;
    }

    /// <summary>Stops it at its share. A canary that fails loses its calls all the same.</summary>
    public Task<Rollout> PauseAsync(string idOrRoute, RolloutOrder order, Actor author, CancellationToken cancel) => StepInAsync(
        idOrRoute, order, author, "paused", steps: false, (file, why, now) => RolloutTurns.To(file, RolloutState.Paused, file.Rollout.Share, author.Name, $"{author.Name} pauses it.{why}", now), cancel);

    /// <summary>Goes on where it was stopped; the step begins anew. Refused while an overlay of somebody else says what the split is.</summary>
    public Task<Rollout> ResumeAsync(string idOrRoute, RolloutOrder order, Actor author, CancellationToken cancel) => StepInAsync(
        idOrRoute, order, author, "resumed", steps: true, (file, why, now) => RolloutTurns.ToStep(file, file.Rollout.Step, author.Name, $"{author.Name} goes on with it.{why}", now), cancel);

    /// <summary>Goes to the next step, or to all calls, without waiting for the judgement. The last step is the end. Refused while an overlay of somebody else says what the split is, unless it gets all calls.</summary>
    public Task<Rollout> PromoteAsync(string idOrRoute, RolloutOrder order, Actor author, CancellationToken cancel) => StepInAsync(
        idOrRoute, order, author, "promoted", steps: order is { Full: false }, (file, why, now) =>
        {
            var next = file.Rollout.Step + 1;
            return order.Full || next >= file.Rollout.Steps.Count
                ? RolloutTurns.To(file, RolloutState.Promoted, 100, author.Name, $"{author.Name} gives it all calls.{why}", now)
                : RolloutTurns.ToStep(file, next, author.Name, $"{author.Name} gives it {file.Rollout.Steps[next]} %.{why}", now);
        }, cancel);

    /// <summary>Takes the canary's calls away.</summary>
    public Task<Rollout> AbortAsync(string idOrRoute, RolloutOrder order, Actor author, CancellationToken cancel) => StepInAsync(
        idOrRoute, order, author, "aborted", steps: false, (file, why, now) => RolloutTurns.To(file, RolloutState.Aborted, 0, author.Name, $"{author.Name} takes its calls away.{why}", now), cancel);

    /// <summary>Rollouts whose split holds, oldest first. A release that waits for its end has one of them: the split is let go of last.</summary>
    internal async Task<IReadOnlyList<RolloutFile>> HoldingAsync(CancellationToken cancel) =>
        [.. (await _store.ReadAsync((db, inner) => db.Set<RolloutRow>().Where(r => r.Holds).OrderBy(r => r.StartedAt).ToListAsync(inner), cancel)).Select(r => r.ToFile())];

    /// <summary>Writes what was decided, unless somebody else was faster: then it is null, and to be decided again. With <paramref name="what"/> an event tells of it.</summary>
    internal Task<RolloutFile?> SaveAsync(RolloutFile file, string? what, CancellationToken cancel) => _store.ChangeAsync(async (db, inner) =>
    {
        var row = await db.Set<RolloutRow>().FirstOrDefaultAsync(r => r.Id == file.Rollout.Id, inner);
        if (row is null || row.Version != file.Version) return null;
        var next = file with { Version = file.Version + 1 };
        row.Take(next);
        if (what is not null) await TellAsync(db, next, RolloutTurns.AuthorOf(next.Rollout), what, inner);
        return next;
    }, cancel);

    private async Task<Rollout> StepInAsync(string idOrRoute, RolloutOrder order, Actor author, string what, bool steps, Func<RolloutFile, string, DateTimeOffset, RolloutFile> turn, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(order);
        ArgumentNullException.ThrowIfNull(author);
        RequestText.Assert("reason", order.Reason, LongestReason);
        var found = await ReadAsync(idOrRoute, cancel) ?? throw new ProblemException(Problems.NotFound($"rollout {idOrRoute}", "'tidegate rollout list --all' shows all.").Problem);
        if (steps && found.Rollout.IsActive) await AssertSplitIsOursAsync(found.Rollout.Route, cancel);
        var done = await _store.ChangeAsync(async (db, inner) =>
        {
            var row = await db.Set<RolloutRow>().FirstAsync(r => r.Id == found.Rollout.Id, inner);
            var file = row.ToFile();
            if (!file.Rollout.IsActive)
                throw new ProblemException(Problems.Conflict("rollout_ended", $"rollout {file.Rollout.Id}", $"The rollout has ended: {Words.Of(file.Rollout.State)}.", "Begin a new one with 'tidegate rollout start'.").Problem);
            var next = turn(file, order.Reason.Length > 0 ? $" {order.Reason}" : "", _time.GetUtcNow()) with { Version = file.Version + 1 };
            row.Take(next);
            await TellAsync(db, next, author, what, inner);
            return next.Rollout;
        }, cancel);
        _signal.Set();
        return done;
    }

    private async Task<RolloutFile?> ReadAsync(string idOrRoute, CancellationToken cancel) => (await _store.ReadAsync(
        (db, inner) => db.Set<RolloutRow>().Where(r => r.Id == idOrRoute || r.Route == idOrRoute).OrderByDescending(r => r.StartedAt).FirstOrDefaultAsync(inner), cancel))?.ToFile();

    private async Task<(RouteConfig Route, RolloutPlan Plan, ReleaseRequest Told)> PlanAsync(RolloutRequest request, CancellationToken cancel)
    {
        var route = await RouteAsync(request.Route, cancel);
        var plan = new RolloutPlan { Config = route.Rollout!, Split = route.Split, RouteVersion = route.Version ?? "", Since = _time.GetUtcNow() };
        if ((await ListAsync(all: false, MostActive, cancel)).FirstOrDefault(r => r.Route == request.Route) is { } active) throw UnderWay(active);
        await AssertSplitIsOursAsync(request.Route, cancel);
        var service = route.Split.First(b => plan.LabelOf(b) == plan.Config.Canary).Service;
        var told = new ReleaseRequest { Service = service, Version = plan.Config.Canary, Change = request.Change, Message = $"Rollout on route {request.Route}." };
        ReleaseCheck.Assert(told);
        return (route, plan, told);
    }

    private async Task<RouteConfig> RouteAsync(string name, CancellationToken cancel)
    {
        var newest = await _revisions.ListAsync(null, 1, cancel) is [var one, ..] ? one : null;
        var document = newest is null ? ConfigDocument.Empty : await _revisions.DocumentAsync(newest.Number, cancel);
        if (document.Find($"Route/{name}") is not Resource<RouteConfig> route) throw new ProblemException(Problems.NotFound($"Route/{name}", "'tidegate get Route' shows the routes.").Problem);
        return route.Spec.Rollout is null
            ? throw new ProblemException(Problems.Conflict("no_rollout", $"Route/{name}", "The route has no rollout.", "Give it a split and spec.rollout with the version that is the canary.").Problem)
            : route.Spec;
    }

    private async Task TellAsync(StateDb db, RolloutFile file, Actor author, string what, CancellationToken cancel)
    {
        var rollout = file.Rollout;
        await _audit.AppendAsync(db, new AuditEntry(author, $"delivery.rollout_{what}", $"rollout/{rollout.Id}", null, new { rollout.Route, rollout.Canary, rollout.State, rollout.Share, rollout.Reason }), cancel);
        await _events.AppendAsync(db, new NewEvent($"{rollout.Id}/{file.Version}", EventPrefix + what, $"service/{rollout.Service}", _time.GetUtcNow(), rollout with { History = [] }), cancel);
    }

    // A step would be laid over what somebody, or a policy, has shifted for a reason.
    private async Task AssertSplitIsOursAsync(string route, CancellationToken cancel)
    {
        if (await _traffic.OtherAsync(route, cancel) is not { } other) return;
        throw new ProblemException(Problems.Conflict(
            "split_overlaid", $"Route/{route}", $"The overlay {other.Id} of {other.Author} says what the split is, until {other.ExpiresAt.UtcDateTime:yyyy-MM-dd HH:mm:ss'Z'}: {other.Reason}.",
            $"Wait for its end, or take it back with 'tidegate overlay revoke {other.Id}'.").Problem);
    }

    private static ProblemException UnderWay(Rollout active) => new(Problems.Conflict(
        "rollout_under_way", $"Route/{active.Route}", $"The rollout {active.Id} of {active.Canary} is under way at {active.Share} %.", $"Let it end, or end it with 'tidegate rollout abort {active.Id}'.").Problem);
}
