using Tidegate.Core.Ports;
using Tidegate.Core.Resources.OpenSlo;
using Tidegate.Insight.Indicators;
using Tidegate.Insight.Objectives.Alerting;
using Tidegate.Insight.Objectives.Compiling;
using Tidegate.Platform.Storage;

namespace Tidegate.Insight.Objectives.Judging;

/// <summary>
/// Every tick: takes a new configuration if there is one, feeds what came in to the objectives, judges them, and writes alerts down that begin or end. Nothing that
/// fails for one objective stops the others.
/// </summary>
internal sealed partial class ObjectiveJudge : ISeriesListener, IDisposable
{
    /// <summary>Name of the lease of the node that judges for all.</summary>
    public const string Work = "objectives";

    private static readonly TimeSpan LongestRead = TimeSpan.FromSeconds(3);

    /// <summary>Within it the moment of an event matters to a window: history has minutes.</summary>
    private static readonly TimeSpan Lately = TimeSpan.FromMinutes(5);

    private readonly ObjectiveBook _book;
    private readonly SeriesHistory _history;
    private readonly CompositeFeed _composites;
    private readonly AlertDesk _desk;
    private readonly Leases _leases;
    private readonly TimeProvider _time;
    private readonly ILogger<ObjectiveJudge> _logger;
    private readonly IDisposable _subscription;
    private readonly List<SeriesDelta> _recent = [];
    private CompiledObjectives? _next;

    public ObjectiveJudge(ObjectiveBook book, SeriesHistory history, SeriesHub hub, AlertDesk desk, Leases leases, IConfigSource config, TimeProvider time, ILogger<ObjectiveJudge> logger)
    {
        (_book, _history, _composites, _desk, _leases, _time, _logger) = (book, history, new CompositeFeed(hub), desk, leases, time, logger);
        _subscription = config.Subscribe(active => Volatile.Write(ref _next, book.Count(active.Document)));
        if (config.Current is { } current) _next ??= book.Count(current.Document);
    }

    /// <inheritdoc/>
    public async Task TickAsync(IReadOnlyList<SeriesDelta> deltas, DateTimeOffset now, bool stored, CancellationToken cancel)
    {
        if (Interlocked.Exchange(ref _next, null) is { } compiled) await AdoptAsync(compiled, cancel);
        foreach (var delta in deltas)
            foreach (var state in _book.Of(delta.Series)) state.Ledgers?.Add(delta.At, delta.Events);
        var unread = _book.States.Values.Where(s => s.Ledgers is null or { Incomplete: true }).ToList();
        Remember(unread.Count > 0 ? deltas : [], now);
        // After the deltas, and only when they are on disk: what is read has them, and nothing counts twice.
        if (stored && unread.Count > 0) await ReadHistoryAsync(unread, now, cancel);
        var leads = await LeadsAsync(cancel);
        foreach (var state in _book.States.Values)
        {
            if (state.Ledgers is null)
            {
                state.Wait(StatusOf.Unread(state.Objective, now, stored ? "" : "The state database cannot be used, and what was counted before stands there."));
                continue;
            }

            if (leads) _desk.Take(state.Objective, state.Alerts.Look(state.Ledgers.Adjusted, now));
            state.Judge(now, _book.Trouble(state.Objective), _book.Reading(state.Objective), _book.Latest(state.Objective));
        }

        foreach (var composite in _book.Composites)
            foreach (var state in _book.Of(composite.Series)) state.ExplainEmpty(() => CompositeFeed.WhyEmpty(composite, _book.States));
        await _desk.WriteAsync(cancel);
        _composites.Feed(_book.Composites, _book.States, deltas, now);
    }

    /// <inheritdoc/>
    public void Dispose() => _subscription.Dispose();

    private async Task AdoptAsync(CompiledObjectives compiled, CancellationToken cancel)
    {
        _book.Adopt(compiled);
        foreach (var prefix in _book.GroupedSeries)
        {
            try
            {
                _book.Discover(await _history.NamesAsync(prefix, cancel));
            }
            catch (StateUnavailableException)
            {
                // Values are found again as they come.
            }
        }

        foreach (var (slo, problem) in compiled.Problems) Log.NotJudged(_logger, slo, problem);
    }

    // While objectives wait for their past: when what came lately was, as nearly as a tick knows it.
    private void Remember(IReadOnlyList<SeriesDelta> deltas, DateTimeOffset now)
    {
        if (deltas.Count == 0) _recent.Clear();
        else _recent.RemoveAll(d => d.At < now - Lately);
        _recent.AddRange(deltas.Where(d => d.At >= now - Lately));
    }

    private async Task ReadHistoryAsync(List<ObjectiveState> unread, DateTimeOffset now, CancellationToken cancel)
    {
        var began = _time.GetTimestamp();
        var recent = _recent.ToLookup(d => d.Series, StringComparer.Ordinal);
        try
        {
            var open = (await _desk.OpenAsync(cancel)).ToLookup(a => a.Objective, StringComparer.Ordinal);
            foreach (var state in unread)
            {
                var first = state.Ledgers is null;
                state.Ledgers = await ReadAsync(state.Objective, recent[state.Objective.Series], now, cancel);
                if (first)
                {
                    foreach (var alert in open[state.Objective.Id]) state.Alerts.Restore(alert);
                }

                // The others are judged meanwhile; the rest follows at the next tick.
                if (_time.GetElapsedTime(began) > LongestRead) return;
            }
        }
        catch (StateUnavailableException unavailable)
        {
            Log.NotRead(_logger, unread.Count, unavailable.Message);
        }
    }

    private async Task<ObjectiveLedgers> ReadAsync(Objective objective, IEnumerable<SeriesDelta> recent, DateTimeOffset now, CancellationToken cancel)
    {
        var ledgers = new ObjectiveLedgers(objective.Terms, objective.Exclusions);
        var from = ledgers.Adjusted.PeriodAt(now).Start;
        var longest = now - objective.Terms.Longest;
        // Slices are judged by their minutes, and calendars may begin at any minute: hours will do only for what is rolling and counts events.
        var hoursWillDo = objective.Terms is { Method: BudgetingMethod.Occurrences, Calendar: null } && objective.Exclusions.IsEmpty;
        var fineFrom = hoursWillDo ? now - TimeSpan.FromDays(3) : DateTimeOffset.UnixEpoch;
        foreach (var delta in await _history.ReadAsync(objective.Series, from < longest ? from : longest, fineFrom, cancel))
        {
            // What other nodes told has a moment, no stretch.
            if (delta.Step > TimeSpan.Zero) ledgers.Add(new SeriesStretch(delta.At, delta.Step, delta.Events));
            else ledgers.Add(delta.At, delta.Events);
        }

        // It stands at the beginning of its minute, out of reach of a short window. Slices stand at their own.
        if (objective.Terms.Method == BudgetingMethod.Occurrences)
            foreach (var delta in recent) ledgers.Move(new DateTimeOffset(delta.At.UtcTicks - (delta.At.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero), delta.At, delta.Events);
        return ledgers;
    }

    // Without the database nobody knows who leads, and nobody can be told anyway.
    private async Task<bool> LeadsAsync(CancellationToken cancel)
    {
        try
        {
            return await _leases.HoldAsync(Work, cancel);
        }
        catch (StateUnavailableException)
        {
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(3300, LogLevel.Warning, "SLO {Slo} is not judged: {Reason}")]
        public static partial void NotJudged(ILogger logger, string slo, string reason);

        [LoggerMessage(3301, LogLevel.Warning, "The history of {Objectives} objectives cannot be read yet: {Reason}")]
        public static partial void NotRead(ILogger logger, int objectives, string reason);
    }
}
