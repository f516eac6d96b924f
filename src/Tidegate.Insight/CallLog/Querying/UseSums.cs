using System.Data.Common;

namespace Tidegate.Insight.CallLog.Querying;

/// <summary>The columns of <see cref="UseNumbers"/> in a query. Different currencies are never added up.</summary>
internal static class UseSums
{
    public const string Columns = """
        count(*) FILTER (provider <> ''), coalesce(sum(input_tokens), 0)::BIGINT, coalesce(sum(output_tokens), 0)::BIGINT,
        CASE WHEN min(nullif(currency, '')) = max(nullif(currency, '')) THEN coalesce(sum(cost), 0) + coalesce(sum(other_cost), 0) END,
        CASE WHEN min(nullif(currency, '')) = max(nullif(currency, '')) THEN min(nullif(currency, '')) ELSE '' END, count(*) FILTER (provider <> '' AND (cost IS NULL OR other_cost IS NULL))
        """;

    /// <summary>Reads them from a row; null where no model was called.</summary>
    public static UseNumbers? Read(DbDataReader row, int at) =>
        row.GetInt64(at) == 0 ? null : new(row.GetInt64(at + 1), row.GetInt64(at + 2), UseRow.Amount(row, at + 3), row.GetString(at + 4), row.GetInt64(at + 5));
}
