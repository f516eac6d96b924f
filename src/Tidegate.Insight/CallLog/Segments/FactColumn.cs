namespace Tidegate.Insight.CallLog.Segments;

/// <summary>The columns of what is known of an answer's quality. NULL, or empty, where it is not known.</summary>
internal static class FactColumn
{
    // Version of the tables since which they are there; schema_valid is older, and was of mirrored calls alone.
    private const int Since = 5;

    /// <summary>How old what was answered is: known of the answers of many HTTP services.</summary>
    public static CallColumn Age { get; } =
        new("age_seconds", "INTEGER", "age_seconds::BIGINT", static (row, c) => c.AgeSeconds >= 0 ? row.AppendValue(c.AgeSeconds) : row.AppendNullValue()) { Since = Since };

    /// <summary>What is known of models' answers only.</summary>
    public static IReadOnlyList<CallColumn> OfModels { get; } =
    [
        CallColumn.OftenEmpty("cache", CallQuality.Cache) with { Since = Since },
        new("refused", "BOOLEAN", "coalesce(refused, false)", static (row, c) => CallQuality.Refused(c) ? row.AppendValue(true) : row.AppendNullValue()) { Since = Since },
    ];
}
