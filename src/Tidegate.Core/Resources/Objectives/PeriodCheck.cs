using Cronos;
using Tidegate.Core.Resources.Reading;
using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources.Objectives;

/// <summary>Periods are one of the two kinds, and whole.</summary>
internal static class PeriodCheck
{
    public static void Check(IReadOnlyList<PeriodConfig> periods, string path, ResourceScope scope)
    {
        for (int i = 0; i < periods.Count; i++) Check(periods[i], $"{path}[{i}]", scope);
    }

    private static void Check(PeriodConfig period, string path, ResourceScope scope)
    {
        bool once = period.From is not null || period.Until is not null;
        bool again = period.Cron is not null || period.Duration is not null;
        if (once == again)
        {
            scope.Error("exactly_one", path, "A time is given by from and until, or by cron and duration.");
            return;
        }

        if (once && (period.From is null || period.Until is null))
            scope.Error("missing_key", path, $"The key \"{(period.From is null ? "from" : "until")}\" is missing: give an instant such as 2030-01-31T08:00:00Z.");
        if (period.Until <= period.From) scope.Error("ends_before_it_begins", $"{path}.until", "The time ends before it begins: give an until after from.");
        if (again && period.Cron is null) scope.Error("missing_key", path, "The key \"cron\" is missing: give a cron expression such as 0 22 * * FRI.");
        if (again && period.Duration is null) scope.Error("missing_key", path, "The key \"duration\" is missing: give how long it lasts, such as 2h.");
        if (period.Cron is { } cron && !CronExpression.TryParse(cron, out _))
            scope.Error("bad_text", $"{path}.cron", $"\"{Echo.Of(cron)}\" is no cron expression: give minute, hour, day of the month, month and day of the week, such as 0 22 * * FRI.");
        ZoneCheck.Check(period.Zone, $"{path}.zone", scope);
    }
}
