using System.CommandLine;

namespace Tidegate.Verbs.Reports;

/// <summary><c>tidegate report</c>: one verb per kind.</summary>
internal static class ReportVerbs
{
    public static Command All => new("report", "Reports of a month, as Markdown, HTML or JSON.")
    {
        new ReportVerb("budget", "Report error budgets: what was used, when, and by what."),
        new ReportVerb("sla", "Report agreements: kept or not, with buffer and penalty."),
        new ReportVerb("monthly", "Review a month: vital signs, agreements, objectives, incidents."),
    };
}
