using Tidegate.Core.Resources;
using Tidegate.Insight.Indicators;
using Tidegate.Insight.Objectives.Compiling;

namespace Tidegate.Insight.Objectives.Judging;

/// <summary>All objectives of the configuration in force. Replaced whole; objectives that did not change keep what they have seen. Used by the tick; read by anybody.</summary>
internal sealed class ObjectiveBook(IEnumerable<IIndicatorSource> sources)
{
    private readonly IReadOnlyDictionary<string, IIndicatorSource> _sources = sources.ToDictionary(s => s.Type, StringComparer.Ordinal);
    private volatile IReadOnlyDictionary<string, ObjectiveState> _states = new Dictionary<string, ObjectiveState>(StringComparer.Ordinal);
    private ILookup<string, ObjectiveState> _bySeries = Enumerable.Empty<ObjectiveState>().ToLookup(s => s.Objective.Series, StringComparer.Ordinal);
    private CompiledObjectives _compiled = CompiledObjectives.Empty;
    private volatile CompiledObjectives _announced = CompiledObjectives.Empty;

    /// <summary>All objectives by id.</summary>
    public IReadOnlyDictionary<string, ObjectiveState> States => _states;

    /// <summary>True from the first time on that a configuration was adopted: before, that there are no objectives says nothing.</summary>
    public bool IsAdopted { get; private set; }

    /// <summary>How all objectives stand; those of a configuration that no tick has seen yet are not judged yet.</summary>
    public IEnumerable<ObjectiveStatus> Statuses(DateTimeOffset now)
    {
        var states = _states;
        foreach (var state in states.Values) yield return state.Status ?? NotJudgedYet(state.Objective, now);
        foreach (var objective in _announced.Objectives)
            if (!states.ContainsKey(objective.Id)) yield return NotJudgedYet(objective, now);
    }

    /// <summary>How one objective stands; null when there is none.</summary>
    public ObjectiveStatus? Status(string id, DateTimeOffset now) =>
        _states.TryGetValue(id, out var state) ? state.Status ?? NotJudgedYet(state.Objective, now) : _announced.Objectives.FirstOrDefault(o => o.Id == id) is { } next ? NotJudgedYet(next, now) : null;

    /// <summary>How objectives over others are made.</summary>
    public IReadOnlyList<CompositeObjective> Composites => _compiled.Composites;

    /// <summary>Why some SLOs of the document are not judged, by name of the SLO.</summary>
    public IReadOnlyDictionary<string, string> Problems => _announced.Problems;

    /// <summary>SLOs of the document that are not judged, with the reason: nothing else would show them.</summary>
    public IEnumerable<ObjectiveStatus> Unjudged(DateTimeOffset now)
    {
        var announced = _announced;
        return announced.Problems.Select(p => StatusOf.Unjudged(p.Key, announced.Promises[p.Key], p.Value, now));
    }

    /// <summary>Begins to count for a new configuration, at once and whoever calls: what is counted before the next tick belongs to it. Gives what the tick adopts.</summary>
    public CompiledObjectives Count(ConfigDocument document)
    {
        var compiled = ObjectiveCompiler.Compile(document, _sources);
        foreach (var (type, source) in _sources) source.Use([.. compiled.Bindings.Where(b => b.Source == type).Select(b => b.Binding).GroupBy(b => b.Series, StringComparer.Ordinal).Select(Widest)], document);
        return _announced = compiled;
    }

    /// <summary>Judges by a new configuration from now on.</summary>
    public void Adopt(CompiledObjectives compiled)
    {
        _compiled = compiled;
        Replace(compiled.Objectives);
        IsAdopted = true;
    }

    /// <summary>Objectives that get events of a series. A value seen for the first time of a grouped indicator gets its objective here.</summary>
    public IEnumerable<ObjectiveState> Of(string series)
    {
        if (!_bySeries.Contains(series) && _compiled.Grouped.Count > 0) Discover([series]);
        return _bySeries[series];
    }

    /// <summary>Adds objectives for the values of grouped indicators that have series.</summary>
    public void Discover(IEnumerable<string> series)
    {
        var found = series.SelectMany(name => _compiled.Grouped.Where(g => name.StartsWith(g.Series + "=", StringComparison.Ordinal)).Select(g => g.For(name)))
            .Where(o => !_states.ContainsKey(o.Id)).DistinctBy(o => o.Id, StringComparer.Ordinal).ToList();
        if (found.Count > 0) Replace([.. _states.Values.Select(s => s.Objective), .. found]);
    }

    /// <summary>Prefixes of the names of series that grouped indicators have.</summary>
    public IEnumerable<string> GroupedSeries => _compiled.Grouped.Select(g => g.Series + "=").Distinct(StringComparer.Ordinal);

    /// <summary>Why a source delivers nothing for an objective; null while it is well.</summary>
    public string? Trouble(Objective objective) => _sources.GetValueOrDefault(objective.Source)?.Trouble(objective.Series);

    /// <summary>What of its past a source still brings; null when all is there.</summary>
    public string? Reading(Objective objective) => _sources.GetValueOrDefault(objective.Source)?.Reading(objective.Series);

    /// <summary>What is worth knowing about what an objective got last; null when nothing is.</summary>
    public string? Latest(Objective objective) => _sources.GetValueOrDefault(objective.Source)?.Latest(objective.Series);

    /// <summary>Which calls of the call log an objective counts; null when they are not there.</summary>
    public IndicatorCalls? CallsOf(Objective objective) => _sources.GetValueOrDefault(objective.Source)?.Calls(objective.Series);

    // Several objectives may ask for one series: it goes as far back as the one that looks furthest.
    private static IndicatorBinding Widest(IEnumerable<IndicatorBinding> same)
    {
        var all = same.ToList();
        return all[0] with { History = all.Max(b => b.History), AlertWindow = all.Max(b => b.AlertWindow) };
    }

    private static ObjectiveStatus NotJudgedYet(Objective objective, DateTimeOffset now) => StatusOf.Unread(objective, now, "Not judged yet: it is from the next tick on, within 10 s.");

    private void Replace(IReadOnlyList<Objective> objectives)
    {
        var before = _states;
        var grouped = _compiled.Grouped;
        var next = objectives.ToDictionary(o => o.Id, o => before.TryGetValue(o.Id, out var known) && known.Objective == o ? known : new ObjectiveState(o), StringComparer.Ordinal);
        // Values that were seen stay, as long as their SLO is the same.
        foreach (var (id, state) in before)
        {
            if (next.ContainsKey(id) || state.Objective.Group.Length == 0) continue;
            if (grouped.FirstOrDefault(g => g.Slo == state.Objective.Slo && state.Objective.Series.StartsWith(g.Series + "=", StringComparison.Ordinal)) is { } group && group.For(state.Objective.Series) == state.Objective) next[id] = state;
        }

        foreach (var state in next.Values) state.Windows = [.. _compiled.Windows.For(state.Objective)];
        _states = next;
        _bySeries = next.Values.ToLookup(s => s.Objective.Series, StringComparer.Ordinal);
    }
}
