using System.Data.Common;

namespace Tidegate.Insight.CallLog.Querying;

/// <summary>The columns of <see cref="ShadowEntry"/> in a query.</summary>
internal static class ShadowRow
{
    public const string Columns = "shadow_of, primary_outcome, finish, primary_finish, same_tools, schema_valid, primary_schema_valid, similarity";

    /// <summary>How many they are.</summary>
    public const int Count = 8;

    /// <summary>Reads them from a row; null for a call that is no mirrored one.</summary>
    public static ShadowEntry? Read(DbDataReader row, int at) => row.IsDBNull(at) ? null : new(
        row.GetGuid(at).ToString("N"), row.GetString(at + 1), row.GetString(at + 2), row.GetString(at + 3), Flag(row, at + 4), Flag(row, at + 5), Flag(row, at + 6), row.IsDBNull(at + 7) ? null : row.GetDecimal(at + 7));

    private static bool? Flag(DbDataReader row, int at) => row.IsDBNull(at) ? null : row.GetBoolean(at);
}
