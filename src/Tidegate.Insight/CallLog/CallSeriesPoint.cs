namespace Tidegate.Insight.CallLog;

/// <summary>One step of a series.</summary>
/// <param name="At">Its begin.</param>
/// <param name="Numbers">Of the calls that began in it.</param>
public sealed record CallSeriesPoint(DateTimeOffset At, CallNumbers Numbers);
