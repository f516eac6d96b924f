namespace Tidegate.Insight.Reports.Making;

/// <summary>Which report is wanted.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="Service">The service; null: all.</param>
/// <param name="Month">First day of the month.</param>
/// <param name="Zone">Whose month.</param>
/// <param name="From">Its beginning.</param>
/// <param name="Until">End of what is over of it.</param>
/// <param name="Complete">The month is over.</param>
internal sealed record ReportQuestion(ReportKind Kind, string? Service, DateOnly Month, TimeZoneInfo Zone, DateTimeOffset From, DateTimeOffset Until, bool Complete);
