using Tidegate.Insight.CallLog;
using Tidegate.Insight.Indicators;
using Tidegate.Insight.Objectives.Attributing;
using Tidegate.Insight.Objectives.Judging;
using Tidegate.Platform.Storage;

namespace Tidegate.Insight.Objectives;

/// <summary>How objectives stand, for those who decide by them: incidents, policies, releases.</summary>
public sealed class ObjectiveReader
{
    private const int MostValues = 20;

    private readonly ObjectiveBook _book;
    private readonly SeriesHistory _history;
    private readonly CallStore _calls;
    private readonly Leases _leases;

    internal ObjectiveReader(ObjectiveBook book, SeriesHistory history, CallStore calls, Leases leases) => (_book, _history, _calls, _leases) = (book, history, calls, leases);

    /// <summary>False in the first seconds of a node, before its first tick: it does not know which objectives there are.</summary>
    public bool HasBegun => _book.IsAdopted;

    /// <summary>True once every objective was looked at since the start: before, that one is not there says nothing.</summary>
    public bool IsReady => _book.IsAdopted && _book.States.Values.All(s => s.IsSeen);

    /// <summary>All objectives as they stood at the last tick, by id.</summary>
    public IReadOnlyList<ObjectiveStatus> All => [.. _book.States.Values.Select(s => s.Status).OfType<ObjectiveStatus>().OrderBy(s => s.Id, StringComparer.Ordinal)];

    /// <summary>Why some SLOs of the document are not judged, by name of the SLO.</summary>
    public IReadOnlyDictionary<string, string> Problems => _book.Problems;

    /// <summary>Ids of the objectives for a service that were not judged yet.</summary>
    public IReadOnlyList<string> Unjudged(string service) =>
        [.. _book.States.Values.Where(s => !s.IsSeen && s.Objective.Service == service).Select(s => s.Objective.Id).Order(StringComparer.Ordinal)];

    /// <summary>Whether there is an objective of this id, judged or not. Before <see cref="HasBegun"/> it says nothing.</summary>
    public bool Knows(string id) => _book.States.ContainsKey(id) || _book.Problems.ContainsKey(id);

    /// <summary>Ids of all objectives.</summary>
    public IEnumerable<string> Ids => _book.States.Keys;

    /// <summary>One of them; null when there is none, or none yet.</summary>
    public ObjectiveStatus? Find(string id) => _book.States.GetValueOrDefault(id)?.Status;

    /// <summary>True on the one node that judges for all: what is done because of an objective is done there.</summary>
    public Task<bool> LeadsAsync(CancellationToken cancel) => _leases.HoldAsync(ObjectiveJudge.Work, cancel);

    /// <summary>
    /// Share of an objective's budget that was used between two times, at the traffic of the whole period: 0.2 is a fifth of it. Minutes count whole. Null when the objective is not
    /// known, or nothing was seen.
    /// </summary>
    public async Task<double?> UsedAsync(string id, DateTimeOffset from, DateTimeOffset until, CancellationToken cancel)
    {
        if (_book.States.GetValueOrDefault(id) is not { Status: { Total: > 0 } status } state || until <= from) return null;
        var (terms, exclusions) = (state.Objective.Terms, state.Objective.Exclusions);
        var read = await _history.ReadAsync(state.Objective.Series, from.AddTicks(-(from.Ticks % TimeSpan.TicksPerMinute)), DateTimeOffset.UnixEpoch, cancel);
        var parts = read.SelectMany(d => d.Step > TimeSpan.Zero ? new SeriesStretch(d.At, d.Step, d.Events).Over(terms) : [new SeriesStretch(d.At, d.Step, d.Events)]);
        var bad = BudgetSplit.Sum(terms, parts.Where(p => p.Start < until && !exclusions.Cover(p.Start)).Select(p => (p.Start, p.Events))).Bad;
        return bad / (status.Total * (1 - terms.Target));
    }

    /// <summary>
    /// The values of a dimension that the bad events of an objective have, most first, each with its share of the bad ones. Empty when its events are not calls of the call log.
    /// </summary>
    /// <exception cref="CallLogUnavailableException">The call log cannot be asked.</exception>
    public async Task<IReadOnlyList<(string Value, double Share)>> BadByAsync(string id, string dimension, DateTimeOffset from, DateTimeOffset until, CancellationToken cancel)
    {
        if (!_book.States.TryGetValue(id, out var state) || _book.CallsOf(state.Objective) is not { } which) return [];
        var rows = await _calls.TopAsync(new CallTopQuery { From = from, Until = until, Filter = which.Bad, By = dimension, Limit = MostValues }, cancel);
        var all = await _calls.TopAsync(new CallTopQuery { From = from, Until = until, Filter = which.Bad, By = "outcome", Limit = MostValues }, cancel);
        var sum = all.Sum(r => r.Numbers.Count);
        return sum == 0 ? [] : [.. rows.OrderByDescending(r => r.Numbers.Count).Select(r => (r.Key, (double)r.Numbers.Count / sum))];
    }
}
