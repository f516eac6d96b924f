namespace Tidegate.Insight.CallLog;

/// <summary>The words for <see cref="CallDropReason"/>.</summary>
public static class CallDropReasons
{
    /// <summary>All words, indexed by the value of the enum.</summary>
    public static IReadOnlyList<string> Words { get; } = ["queue_full", "write_failed", "shutting_down"];
}
