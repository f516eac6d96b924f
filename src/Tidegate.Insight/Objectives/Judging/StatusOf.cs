using Tidegate.Core.Resources.OpenSlo;
using Tidegate.Core.Windows;

namespace Tidegate.Insight.Objectives.Judging;

/// <summary>Puts the figures of an objective together.</summary>
internal static class StatusOf
{
    /// <summary>An objective whose history is not read yet.</summary>
    public static ObjectiveStatus Unread(Objective objective, DateTimeOffset now, string reason) => new()
    {
        Id = objective.Id, Slo = objective.Slo, Service = objective.Service, DisplayName = objective.DisplayName, Good = objective.Good, State = "reading", Reason = reason,
        Target = objective.Target, Bad = 0, Total = 0, Unit = UnitOf(objective), Burn = new Dictionary<string, double?>(StringComparer.Ordinal), PeriodStart = now - objective.Terms.Period, PeriodEnd = now,
    };

    /// <summary>An SLO of which no objective can be made.</summary>
    public static ObjectiveStatus Unjudged(string slo, (string Service, string DisplayName, double Target) promise, string reason, DateTimeOffset now) => new()
    {
        Id = slo, Slo = slo, Service = promise.Service, DisplayName = promise.DisplayName, Good = "", State = "not_judged", Reason = reason,
        Target = promise.Target, Bad = 0, Total = 0, Unit = "events", Burn = new Dictionary<string, double?>(StringComparer.Ordinal), PeriodStart = now, PeriodEnd = now,
    };

    /// <summary>An objective as a tick found it.</summary>
    public static ObjectiveStatus At(Objective objective, in Judged judged, BurnRates burn)
    {
        var (seen, raw, start, end) = (judged.Seen, judged.Raw, judged.Start, judged.End);
        var left = ErrorBudget.Left(seen, objective.Target);
        var confidence = objective.Terms.Method == BudgetingMethod.Occurrences ? ErrorBudget.Confidence(seen) : null;
        return new ObjectiveStatus
        {
            Id = objective.Id,
            Slo = objective.Slo,
            Service = objective.Service,
            DisplayName = objective.DisplayName,
            Good = objective.Good,
            State = StateOf(judged, left),
            Reason = judged.Trouble ?? judged.Reading ?? (seen.IsEmpty ? judged.Empty ?? "No event was seen in its period." : judged.Latest ?? ""),
            Target = objective.Target,
            Ratio = 1 - seen.ErrorRatio,
            Confidence = confidence is { } interval ? new RatioInterval(1 - interval.High, 1 - interval.Low) : null,
            RawRatio = 1 - raw.ErrorRatio,
            RawBudgetLeft = ErrorBudget.Left(raw, objective.Target),
            Excluded = objective.Exclusions.Words,
            Bad = seen.Bad,
            Total = seen.Total,
            Unit = UnitOf(objective),
            BudgetLeft = left,
            BudgetLeftUnits = left is null ? null : ErrorBudget.Remaining(seen, objective.Target),
            BudgetLeftMinutes = left * (1 - objective.Target) * (Length(objective, start, end) / TimeSpan.FromMinutes(1)),
            ExhaustedInSeconds = left is { } rest && burn.GetValueOrDefault("1h") is { } rate ? ErrorBudget.TimeLeft(rest, rate, objective.Terms.Period, objective.Terms.Calendar is null ? null : end - judged.Now)?.TotalSeconds : null,
            Burn = burn,
            PeriodStart = start,
            PeriodEnd = end,
            Alerts = judged.Alerts,
            CoarseUntil = judged.CoarseUntil,
        };
    }

    // A source that is unwell is a state of its own, whatever was good before.
    private static string StateOf(in Judged judged, double? left) =>
        judged.Trouble is not null || (judged.Seen.IsEmpty && judged.Reading is null) ? "no_data" : judged.Alerts.Count > 0 ? "burning" : judged.Reading is not null ? "reading" : left <= 0 ? "exhausted" : "ok";

    private static TimeSpan Length(Objective objective, DateTimeOffset start, DateTimeOffset end) => objective.Terms.Calendar is null ? objective.Terms.Period : end - start;

    private static string UnitOf(Objective objective) => objective.Terms.Method == BudgetingMethod.Occurrences ? "events" : "slices";
}
