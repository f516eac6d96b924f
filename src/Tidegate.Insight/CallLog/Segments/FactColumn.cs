namespace Tidegate.Insight.CallLog.Segments;

/// <summary>The columns of what is known of an answer's quality. NULL, or empty, where it is not known: in nearly all calls.</summary>
internal static class FactColumn
{
    // Version of the tables since which they are there; schema_valid is older, and was of mirrored calls alone.
    private const int Since = 5;

    public static IReadOnlyList<CallColumn> All { get; } =
    [
        CallColumn.OftenEmpty("cache", CallQuality.Cache) with { Since = Since },
        new("refused", "BOOLEAN", "coalesce(refused, false)", static (row, c) => CallQuality.Refused(c) ? row.AppendValue(true) : row.AppendNullValue()) { Since = Since },
        new("age_seconds", "INTEGER", "age_seconds::BIGINT", static (row, c) => c.AgeSeconds >= 0 ? row.AppendValue(c.AgeSeconds) : row.AppendNullValue()) { Since = Since },
    ];
}
