using Tidegate.Core.Calls;

namespace Tidegate.Insight.CallLog.Segments;

/// <summary>The columns of a mirrored call's comparison with the call it mirrors. NULL, or empty, for all other calls.</summary>
internal static class ShadowColumn
{
    // Version of the tables since which they are there.
    private const int Since = 4;

    public static IReadOnlyList<CallColumn> All { get; } =
    [
        new("shadow_of", "UUID", "shadow_of", static (row, c) => c.Shadow is { } shadow ? row.AppendValue(shadow.Of) : row.AppendNullValue()) { Since = Since },
        Text("primary_outcome", static shadow => shadow.PrimaryOutcome.Word()),
        Text("finish", static shadow => shadow.Finish),
        Text("primary_finish", static shadow => shadow.PrimaryFinish),
        Flag("same_tools", static shadow => shadow.SameTools),
        new("schema_valid", "BOOLEAN", "schema_valid", static (row, c) => CallQuality.SchemaValid(c) is { } flag ? row.AppendValue(flag) : row.AppendNullValue()) { Since = Since }, // of all calls since 5
        Flag("primary_schema_valid", static shadow => shadow.PrimarySchemaValid),
        new("similarity", "DECIMAL(4, 3)", "similarity", static (row, c) => c.Shadow is { Similarity: { } share } ? row.AppendValue(share) : row.AppendNullValue()) { Since = Since },
    ];

    private static CallColumn Text(string name, Func<ShadowComparison, string> read) =>
        new(name, "VARCHAR", $"coalesce({name}, '')", (row, c) => c.Shadow is { } shadow && read(shadow) is { Length: > 0 } text ? row.AppendValue(text) : row.AppendNullValue()) { Since = Since };

    private static CallColumn Flag(string name, Func<ShadowComparison, bool?> read) =>
        new(name, "BOOLEAN", name, (row, c) => c.Shadow is { } shadow && read(shadow) is { } flag ? row.AppendValue(flag) : row.AppendNullValue()) { Since = Since };
}
