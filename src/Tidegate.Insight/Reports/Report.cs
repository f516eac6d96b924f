using Tidegate.Insight.Objectives;

namespace Tidegate.Insight.Reports;

/// <summary>A report of a month. Sections that a kind does not have are empty.</summary>
public sealed record Report
{
    /// <summary>What it is about.</summary>
    public required ReportKind Kind { get; init; }

    /// <summary>The service; null: all of them.</summary>
    public string? Service { get; init; }

    /// <summary>The month: <c>2026-03</c>.</summary>
    public required string Month { get; init; }

    /// <summary>IANA zone whose month it is.</summary>
    public required string Zone { get; init; }

    /// <summary>Beginning.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>End of what is reported: of the month, or now.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>False while the month is not over.</summary>
    public required bool Complete { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>Vital signs, each with its definition.</summary>
    public IReadOnlyList<VitalSign> Signs { get; init; } = [];

    /// <summary>Objectives, least budget first.</summary>
    public IReadOnlyList<ReportedObjective> Objectives { get; init; } = [];

    /// <summary>Agreements, broken ones first.</summary>
    public IReadOnlyList<ReportedSla> Slas { get; init; } = [];

    /// <summary>Incidents that touched the month, oldest first.</summary>
    public IReadOnlyList<ReportedIncident> Incidents { get; init; } = [];

    /// <summary>What programs outside said in the month, by who said it; alerts are kept for 90 days after their end.</summary>
    public IReadOnlyList<ReportedSender> Outside { get; init; } = [];

    /// <summary>Exclusions, with what each left out of each objective in it.</summary>
    public IReadOnlyList<ExcludedTime> Excluded { get; init; } = [];

    /// <summary>What is not in it, and why.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
