namespace Tidegate.Insight.CallLog;

/// <summary>Why a call record was not kept. Words of the metric: <see cref="CallDropReasons"/>.</summary>
public enum CallDropReason
{
    /// <summary>More calls came than could be written, in number or in bytes.</summary>
    QueueFull,
    /// <summary>The disk refused for too long.</summary>
    WriteFailed,
    /// <summary>The process was stopping.</summary>
    ShuttingDown,
}
