using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Objectives.Alerts;

namespace Tidegate.Insight.Objectives;

/// <summary>When an objective alerts. By value, so that an unchanged objective is seen to be unchanged.</summary>
public sealed record AlertRules
{
    /// <summary>The pairs, most urgent first.</summary>
    public required IReadOnlyList<AlertRule> Rules { get; init; }

    /// <summary>When it is an alert, too, that nothing is known. Null: never.</summary>
    public NoDataRule? NoData { get; init; }

    /// <summary>The pairs of the Site Reliability Workbook for a period, each for the same share of the budget as over 30 days.</summary>
    public static AlertRules For(TimeSpan period) => new() { Rules = Compiling.AlertCompiler.Rules(SloAlerts.Of([], period, ConfigDocument.Empty)) };

    /// <inheritdoc/>
    public bool Equals(AlertRules? other) => other is not null && NoData == other.NoData && Rules.SequenceEqual(other.Rules);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(NoData, Rules.Count);
}
