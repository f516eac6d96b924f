using Tidegate.Core.Resources.OpenSlo;

namespace Tidegate.Core.Resources.Objectives.AlertSets;

/// <summary>
/// The alert sets that are there without being written: those the Site Reliability Workbook recommends for 30 days ("Alerting on SLOs"), and the same for
/// other windows by keeping the share of the budget that is gone when they alert. Tickets for 7 days keep it by a shorter long window: at that of 30 days they
/// would wait for 0.7 and 0.233 times what is allowed, and go on for ever while the objective is kept (decision 0020).
/// </summary>
public static class BuiltInAlertSets
{
    private static readonly (AlertSeverity Severity, string Long, string Short, decimal Share)[] Pairs =
    [
        (AlertSeverity.Page, "1h", "5m", 0.02m),
        (AlertSeverity.Page, "6h", "30m", 0.05m),
        (AlertSeverity.Ticket, "24h", "2h", 0.1m),
        (AlertSeverity.Ticket, "3d", "6h", 0.1m),
    ];

    // A tenth of a week's budget in 16 h: just above what is allowed, and below the pages.
    private static readonly (AlertSeverity Severity, string Long, string Short, decimal Share)[] PairsOfAWeek = [.. Pairs.Where(p => p.Severity == AlertSeverity.Page), (AlertSeverity.Ticket, "16h", "80m", 0.1m)];

    private static readonly string[] Windows = ["7d", "28d", "30d", "90d"];

    /// <summary>Name of the set without any pair: an objective that is watched, and never alerts.</summary>
    public const string None = "none";

    /// <summary>All of them, by name: <c>7d</c>, <c>28d</c>, <c>30d</c>, <c>90d</c> and <c>none</c>.</summary>
    public static IReadOnlyDictionary<string, AlertSetConfig> All { get; } =
        Windows.ToDictionary(name => name, name => Of(DurationShorthand.Parse(name).Length), StringComparer.Ordinal).Append(new(None, new AlertSetConfig { Pairs = [] }))
            .ToDictionary(p => p.Key, p => p.Value, StringComparer.Ordinal);

    /// <summary>Name of the set whose window is nearest: by ratio, since budgets are.</summary>
    public static string Nearest(TimeSpan window) => Windows.MinBy(name => Math.Abs(Math.Log(window / DurationShorthand.Parse(name).Length)))!;

    private static AlertSetConfig Of(TimeSpan window) => new()
    {
        Pairs =
        [
            .. (window <= TimeSpan.FromDays(7) ? PairsOfAWeek : Pairs).Select(p => new AlertPairConfig
            {
                Severity = p.Severity,
                Long = DurationShorthand.Parse(p.Long),
                Short = DurationShorthand.Parse(p.Short),
                Burn = p.Share * (window.Ticks / (decimal)DurationShorthand.Parse(p.Long).Length.Ticks),
            }),
        ],
    };
}
