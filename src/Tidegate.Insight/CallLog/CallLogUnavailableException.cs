namespace Tidegate.Insight.CallLog;

/// <summary>The call log cannot be read now: it is being opened, or its disk refuses. Traffic goes on.</summary>
public sealed class CallLogUnavailableException(string message) : Exception(message);
