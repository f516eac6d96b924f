using Tidegate.Core.Calls;

namespace Tidegate.Insight.CallLog;

/// <summary>What is known of an answer's quality, in the call log's words.</summary>
internal static class CallQuality
{
    /// <summary><c>hit</c>, <c>miss</c>, or empty when no cache was asked.</summary>
    public static string Cache(CallRecord call) => (call.Facts & CallFacts.CacheHit) != CallFacts.None ? "hit" : (call.Facts & CallFacts.CacheMiss) != CallFacts.None ? "miss" : "";

    /// <summary>The model declined, or its provider's filter did.</summary>
    public static bool Refused(CallRecord call) => (call.Facts & CallFacts.Refused) != CallFacts.None;

    /// <summary>The answer has the shape asked for; null when none was, or when nobody could say.</summary>
    public static bool? SchemaValid(CallRecord call) =>
        call.Shadow is { } shadow ? shadow.SchemaValid : (call.Facts & CallFacts.SchemaChecked) == CallFacts.None ? null : (call.Facts & CallFacts.SchemaInvalid) == CallFacts.None;
}
