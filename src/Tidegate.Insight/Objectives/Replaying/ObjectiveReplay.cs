using Tidegate.Core.Ports;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.OpenSlo;
using Tidegate.Core.Resources.Reading;
using Tidegate.Core.Windows;
using Tidegate.Insight.Indicators;
using Tidegate.Insight.Objectives.Compiling;
using Tidegate.Insight.Objectives.Judging;
using Tidegate.Platform.Hosting;

namespace Tidegate.Insight.Objectives.Replaying;

/// <summary>
/// Runs proposed objectives over what was recorded. (1) Reads the documents onto those in force; (2) compiles them as in earnest; (3) takes those that the documents
/// name or change; (4) finds their past; (5) runs each with simulated time; (6) puts what really alerted beside it. Reads only.
/// </summary>
internal sealed class ObjectiveReplay(IEnumerable<IIndicatorSource> sources, ReplayHistory history, ObjectiveBook book, AlertStore alerts, IConfigSource config) : IDisposable
{
    /// <summary>Most objectives of one replay.</summary>
    public const int MostObjectives = 100;

    /// <summary>Longest time of one replay.</summary>
    public const int MostDays = 400;

    /// <summary>Days times objectives, at most: a minute or two of a processor.</summary>
    public const int MostWork = 4_000;

    // Alerts that burn when the time begins are found as far back as the longest usual window.
    private static readonly TimeSpan Before = TimeSpan.FromDays(3);

    private readonly IReadOnlyDictionary<string, IIndicatorSource> _sources = sources.ToDictionary(s => s.Type, StringComparer.Ordinal);
    private readonly SemaphoreSlim _one = new(1);

    public void Dispose() => _one.Dispose();

    /// <summary>Runs it.</summary>
    /// <exception cref="ProblemException">The documents have errors, it would take too long, or another one runs.</exception>
    public async Task<Replay> RunAsync(ReplayQuestion question, Action<ReplayProgress>? progress, CancellationToken cancel)
    {
        if (!await _one.WaitAsync(TimeSpan.Zero, cancel)) throw new ProblemException(Problems.Unavailable("Another replay runs on this node, and one at a time is enough for its processor.", "Try again when it is done.").Problem);
        try
        {
            var (compiled, chosen) = await ChooseAsync(question, cancel);
            var found = new List<ReplayedObjective>();
            for (var i = 0; i < chosen.Count; i++)
            {
                var (done, objective) = ((double)i / chosen.Count, chosen[i]);
                progress?.Invoke(new ReplayProgress(done, objective.Id));
                found.Add(await RunAsync(objective, compiled, question, share => progress?.Invoke(new ReplayProgress(done + (share / chosen.Count), objective.Id)), cancel));
            }

            return new Replay(question.From, question.Until, found, compiled.Problems);
        }
        finally
        {
            _one.Release();
        }
    }

    private async Task<(CompiledObjectives Compiled, IReadOnlyList<Objective> Chosen)> ChooseAsync(ReplayQuestion question, CancellationToken cancel)
    {
        // 1
        var before = config.Current?.Document ?? ConfigDocument.Empty;
        var read = DocumentReader.Read(question.Texts, before, lenient: question.Lenient);
        if (read.Document is not { } document) throw new ProblemException(Problems.Invalid(read.Findings).Problem);
        var named = document.Resources.Where(r => !ReferenceEquals(before.Find(r.Id), r)).Select(r => r.Metadata.Name).ToHashSet(StringComparer.Ordinal);

        // 2
        var (compiled, now) = (ObjectiveCompiler.Compile(document, _sources), ObjectiveCompiler.Compile(before, _sources));

        // 3
        var unchanged = now.Objectives.ToDictionary(o => o.Id, StringComparer.Ordinal);
        var chosen = compiled.Objectives.Where(o => named.Contains(o.Slo) || unchanged.GetValueOrDefault(o.Id) != o).ToList();
        foreach (var group in compiled.Grouped.Where(g => named.Contains(g.Slo) || !now.Grouped.Contains(g)))
            chosen.AddRange((await history.NamesAsync(BindingOf(group.Series, compiled)!, question.From, question.Until, cancel)).Select(group.For));
        var days = (question.Until - question.From).TotalDays;
        if (chosen.Count > MostObjectives || chosen.Count * days > MostWork)
            throw new ProblemException(Problems.BadRequest("since", $"{chosen.Count} objectives over {days:0.#} days are too much at once.", $"Replay at most {MostObjectives} objectives, and at most {MostWork} days of them together: fewer documents, or less time.").Problem);
        return chosen.Count > 0 || compiled.Problems.Count > 0
            ? (compiled, [.. chosen.OrderBy(o => o.Id, StringComparer.Ordinal)])
            : throw new ProblemException(Problems.BadRequest("files", "The documents name no objective, and change none.", "Give documents of kind SLO or CompositeSLO, or others that change how some are judged: AlertPolicy, AlertSet, Exclusion.").Problem);
    }

    private async Task<ReplayedObjective> RunAsync(Objective objective, CompiledObjectives compiled, ReplayQuestion question, Action<double> ticked, CancellationToken cancel)
    {
        // 4
        var judgeFrom = question.From - Before;
        var record = await RecordAsync(objective, compiled, BeginOf(objective, judgeFrom), question.Until, cancel);
        var stretches = record.Stretches;
        var track = new ReplayTrack(objective, stretches, BindingOf(objective.Series, compiled)?.CountsCalls ?? false);

        // 5
        await Aside(() => track.Run(judgeFrom, question.From, question.Until, ticked, cancel), cancel);

        // 6
        var end = question.Until.AddTicks(-1);
        var seen = track.Ledgers.Adjusted.Period(end);
        var parts = record.Within(question.From, question.Until);
        return new ReplayedObjective
        {
            Id = objective.Id,
            Slo = objective.Slo,
            DisplayName = objective.DisplayName,
            Good = objective.Good,
            Target = objective.Target,
            Reason = record.Reason,
            History = parts,
            MinutesWithData = parts.Sum(p => p.Minutes),
            Minutes = (long)Math.Ceiling((question.Until - question.From).TotalMinutes),
            Unit = objective.Terms.Method == BudgetingMethod.Occurrences ? "events" : "slices",
            Bad = seen.Bad,
            Total = seen.Total,
            Ratio = 1 - seen.ErrorRatio,
            BudgetLeft = ErrorBudget.Left(seen, objective.Target),
            RawBudgetLeft = ErrorBudget.Left(track.Ledgers.Raw.Period(end), objective.Target),
            LeastBudgetLeft = track.Least,
            Excluded = objective.Exclusions.Words,
            WouldHave = track.Alerts(question.From, question.Until),
            Did = [.. (await alerts.BetweenAsync(Counterparts(objective), question.From, question.Until, cancel)).Select(a => ReplayTrack.Of(a, a.ResolvedAt, question.From, question.Until))],
        };
    }

    private async Task<ReplayRecord> RecordAsync(Objective objective, CompiledObjectives compiled, DateTimeOffset from, DateTimeOffset until, CancellationToken cancel)
    {
        if (compiled.Composites.FirstOrDefault(c => c.Series == objective.Series) is not { } composite)
            return await history.ReadAsync(objective.Series, BindingOf(objective.Series, compiled)!, from, until, cancel);
        var parts = new List<(Objective, ReplayTrack)>();
        foreach (var part in compiled.Objectives.Where(o => composite.Parts.Any(p => p.Objective == o.Id)))
        {
            var binding = BindingOf(part.Series, compiled);
            if (binding is null) continue;
            parts.Add((part, new ReplayTrack(part, (await history.ReadAsync(part.Series, binding, from, until, cancel)).Stretches, binding.CountsCalls)));
        }

        IReadOnlyList<SeriesStretch> minutes = [];
        await Aside(() => minutes = CompositeReplay.Run(composite, parts, from, until, cancel), cancel);
        return minutes.Count > 0 ? new ReplayRecord([(ReplayRecord.OfParts, minutes)], "") : new ReplayRecord([], "There is no history: nothing is recorded of the objectives it is made of.");
    }

    // What alerted under the same id; where there is none yet, whatever alerted on the same indicator.
    private IReadOnlyList<string> Counterparts(Objective objective)
    {
        var same = book.States.Values.Select(s => s.Objective).Where(o => o.Series == objective.Series).Select(o => o.Id).ToList();
        return same.Contains(objective.Id, StringComparer.Ordinal) ? [objective.Id] : [.. same, objective.Id];
    }

    private static IndicatorBinding? BindingOf(string series, CompiledObjectives compiled) =>
        compiled.Bindings.Select(b => b.Binding).FirstOrDefault(b => b.Series == series || (b.IsGrouped && series.StartsWith(b.Series + "=", StringComparison.Ordinal)));

    // The budget of the first moment looks back a period, too.
    private static DateTimeOffset BeginOf(Objective objective, DateTimeOffset judged)
    {
        var (period, longest) = (objective.Terms.Calendar?.At(judged).Start ?? judged - objective.Terms.Period, judged - objective.Terms.Longest);
        return period < longest ? period : longest;
    }

    // Seconds of work that nobody's request may wait for.
    private static Task Aside(Action work, CancellationToken cancel) => Task.Factory.StartNew(
        () =>
        {
            Thread.CurrentThread.Priority = ThreadPriority.BelowNormal;
            work();
        },
        cancel,
        TaskCreationOptions.LongRunning,
        TaskScheduler.Default);
}
