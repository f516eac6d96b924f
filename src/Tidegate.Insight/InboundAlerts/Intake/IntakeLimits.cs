namespace Tidegate.Insight.InboundAlerts.Intake;

/// <summary>What programs outside may send at most.</summary>
internal static class IntakeLimits
{
    /// <summary>Bytes of a request. Prometheus sends 64 alerts at a time; PagerDuty takes 512 KiB.</summary>
    public const int Body = 4 << 20;

    /// <summary>Bytes of an event in PagerDuty's form, as at PagerDuty. It is read before it is known who sends it.</summary>
    public const int PagerDutyBody = 512 << 10;

    public const int MostAlerts = 1_000;

    /// <summary>Alerts that fire at a time: each is looked at every 30 seconds for what silences and inhibits it.</summary>
    public const int MostOpen = 2_000;

    public const int MostLabels = 64;

    public const int LongestName = 256;

    /// <summary>Labels tell what an alert is, so a longer one is refused.</summary>
    public const int LongestValue = 2_048;

    /// <summary>Texts are cut: a page with half a description is better than none.</summary>
    public const int LongestText = 4_096;

    public const int MostAnnotations = 64;

    /// <summary>Clocks differ; a beginning further ahead is a mistake.</summary>
    public static readonly TimeSpan StartAhead = TimeSpan.FromHours(1);

    /// <summary>An alert that claims to hold for longer without another word is a mistake.</summary>
    public static readonly TimeSpan EndAhead = TimeSpan.FromDays(31);

    /// <summary>How long an alert without an end holds that came as to an Alertmanager: its <c>resolve_timeout</c>.</summary>
    public static readonly TimeSpan AlertmanagerHolds = TimeSpan.FromMinutes(5);

    /// <summary>How long an alert holds that came by webhook or as to PagerDuty: more than the usual <c>repeat_interval</c>.</summary>
    public static readonly TimeSpan EventHolds = TimeSpan.FromHours(24);

    /// <summary>How long alerts are kept after their end.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(90);
}
