using Microsoft.Extensions.Hosting;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Routes;
using Tidegate.Platform.ConfigStore;
using Tidegate.Platform.Storage;

namespace Tidegate.Operations.Delivery.Rollouts;

/// <summary>Looks at every rollout every few seconds, on the node that holds the lease: has the configuration changed, what do the calls say, and does the traffic follow.</summary>
internal sealed partial class RolloutWorker(
    RolloutStore rollouts, RolloutJudge judge, RolloutTraffic traffic, RolloutSignal signal, ReleaseStore releases, Freezes freezes, RevisionStore revisions, Leases leases, StateStore store, TimeProvider time,
    ILogger<RolloutWorker> logger)
    : BackgroundService
{
    private const string Work = "delivery";
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Again = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, ((RolloutState State, int Share) State, long At)> _followed = new(StringComparer.Ordinal);
    private readonly StateWatch _watch = new(store);
    private bool _waits = true;
    private (long Number, ConfigDocument Document) _head = (0, ConfigDocument.Empty);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await leases.ReleaseAsync(Work, cancellationToken);
        }
        catch (StateUnavailableException)
        {
            // Its time will be over.
        }
    }

    /// <summary>One look at all of them.</summary>
    internal async Task LookAsync(CancellationToken cancel)
    {
        if (!await leases.HoldAsync(Work, cancel)) return;
        await (_waits ? RunAsync(cancel) : _watch.LookAsync(RunAsync, cancel));
    }

    private async Task RunAsync(CancellationToken cancel)
    {
        _waits = true;
        var ends = await freezes.ExpireAsync(cancel);
        var holding = await rollouts.HoldingAsync(cancel);
        // With nothing that time alone would change, the next look is at whether anybody changed anything.
        _waits = ends || holding.Count > 0;
        if (holding.Count == 0) return;
        await ReadHeadAsync(cancel);
        foreach (var file in holding)
        {
            try
            {
                await LookAsync(file, cancel);
            }
            catch (Exception error) when (error is not (OperationCanceledException or StateUnavailableException))
            {
                // The others go on, and this one is looked at again.
                Log.NotJudged(logger, file.Rollout.Id, file.Rollout.Route, error.Message);
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await rollouts.Ready.WaitAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            var next = signal.Next;
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception error) when (!stoppingToken.IsCancellationRequested)
            {
                Log.NotLooked(logger, error.Message);
            }

            await Task.WhenAny(next, Task.Delay(Every, time, stoppingToken));
        }
    }

    private async Task LookAsync(RolloutFile file, CancellationToken cancel)
    {
        var route = (_head.Document.Find($"Route/{file.Rollout.Route}") as Resource<RouteConfig>)?.Spec;
        if (!SplitShares.Same(route?.Split ?? [], file.Plan.Split))
        {
            await LetGoAsync(file, route, cancel);
            return;
        }

        // What was decided before a crash reaches the traffic first, whatever the calls say by now.
        await FollowAsync(file, cancel);
        if (file.Rollout.IsActive)
        {
            var (looked, what) = await NextAsync(file, cancel);
            if (await rollouts.SaveAsync(looked, what, cancel) is not { } saved) return; // somebody stepped in: they are followed at the next look
            if (what is not null)
            {
                if (saved.Rollout.State == RolloutState.RolledBack) Log.RolledBack(logger, saved.Rollout.Canary, saved.Rollout.Route, saved.Rollout.Reason);
                else Log.Stepped(logger, saved.Rollout.Canary, saved.Rollout.Route, saved.Rollout.State, saved.Rollout.Share, saved.Rollout.Reason);
                await FollowAsync(saved, cancel);
            }

            file = saved;
        }

        if (!file.Rollout.IsActive) await EndReleaseAsync(file, route, cancel);
    }

    // Somebody shifted the split for a time: steps would be laid over it, and shares would not be what they are taken for.
    private async Task<(RolloutFile File, string? What)> NextAsync(RolloutFile file, CancellationToken cancel)
    {
        var (looked, what) = await judge.LookAsync(file, cancel);
        if (looked.Rollout.State != RolloutState.Running || await traffic.OtherAsync(file.Rollout.Route, cancel) is not { } other) return (looked, what);
        var why = $"The overlay {other.Id} of {other.Author} says what the split is ({other.Reason}). When that is over, 'tidegate rollout resume {file.Rollout.Route}' goes on.";
        return (RolloutTurns.To(file with { Plan = looked.Plan }, RolloutState.Paused, file.Rollout.Share, RolloutTurns.Itself, why, time.GetUtcNow()), "paused");
    }

    // Somebody wrote into the configuration what is to be: that holds. Let go of last, so that a crash in between is put right.
    private async Task LetGoAsync(RolloutFile file, RouteConfig? route, CancellationToken cancel)
    {
        if (file.Rollout.IsActive)
        {
            var ended = RolloutTurns.To(file, RolloutState.Superseded, file.Rollout.Share, RolloutTurns.Itself, "The split of the route was changed in the configuration, which holds from now on.", time.GetUtcNow());
            if (await rollouts.SaveAsync(ended, "superseded", cancel) is not { } saved) return;
            file = saved;
        }

        await traffic.FollowAsync(file with { Holds = false }, cancel);
        file = await EndReleaseAsync(file, route, cancel);
        await rollouts.SaveAsync(file with { Holds = false }, null, cancel);
        _followed.Remove(file.Rollout.Id);
    }

    // What has ended only waits for the configuration: it is enough to look now and then whether its overlay still holds.
    private async Task FollowAsync(RolloutFile file, CancellationToken cancel)
    {
        if (_followed.TryGetValue(file.Rollout.Id, out var last) && last.State == (file.Rollout.State, file.Rollout.Share) && time.GetElapsedTime(last.At) < Again) return;
        if (!await traffic.FollowAsync(file, cancel)) return;
        _followed[file.Rollout.Id] = ((file.Rollout.State, file.Rollout.Share), time.GetTimestamp());
    }

    private async Task<RolloutFile> EndReleaseAsync(RolloutFile file, RouteConfig? route, CancellationToken cancel)
    {
        if (file.Plan.ReleaseEnded) return file;
        await releases.FinishAsync(file.Rollout.Release, RolloutTurns.EndOfRelease(file.Rollout, route), RolloutTurns.AuthorOf(file.Rollout), cancel);
        return await rollouts.SaveAsync(file with { Plan = file.Plan with { ReleaseEnded = true } }, null, cancel) ?? file;
    }

    private async Task ReadHeadAsync(CancellationToken cancel)
    {
        var number = await revisions.ListAsync(null, 1, cancel) is [var newest, ..] ? newest.Number : 0;
        if (number != _head.Number) _head = (number, await revisions.DocumentAsync(number, cancel));
    }

    private static partial class Log
    {
        [LoggerMessage(4010, LogLevel.Error, "Rollout of {Canary} on route {Route} is taken back: {Reason}")]
        public static partial void RolledBack(ILogger logger, string canary, string route, string reason);

        [LoggerMessage(4011, LogLevel.Information, "Rollout of {Canary} on route {Route} is {State} at {Share} %: {Reason}")]
        public static partial void Stepped(ILogger logger, string canary, string route, RolloutState state, int share, string reason);

        [LoggerMessage(4012, LogLevel.Warning, "Rollout {Rollout} of route {Route} cannot be judged: {Reason}")]
        public static partial void NotJudged(ILogger logger, string rollout, string route, string reason);

        [LoggerMessage(4013, LogLevel.Warning, "Rollouts cannot be looked at: {Reason}")]
        public static partial void NotLooked(ILogger logger, string reason);
    }
}
