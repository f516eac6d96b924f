using System.Data.Common;

namespace Tidegate.Insight.CallLog.Querying;

/// <summary>The columns of <see cref="UseEntry"/> in a query, of calls or of attempts.</summary>
internal static class UseRow
{
    public const string Columns =
        "provider, model, input_tokens, cached_input_tokens, cache_write_tokens, output_tokens, reasoning_tokens, cost, currency, estimated, first_token_us, inter_token_us";

    /// <summary>Reads them from a row; null where no model was called.</summary>
    public static UseEntry? Read(DbDataReader row, int at) => row.GetString(at).Length == 0 ? null : new(
        row.GetString(at), row.GetString(at + 1), Number(row, at + 2), Number(row, at + 3), Number(row, at + 4), Number(row, at + 5), Number(row, at + 6),
        Amount(row, at + 7), row.GetString(at + 8), row.GetBoolean(at + 9), Number(row, at + 10), Number(row, at + 11));

    /// <summary>An amount, as written: without the zeros it was filled up with.</summary>
    public static decimal? Amount(DbDataReader row, int at) => row.IsDBNull(at) ? null : row.GetDecimal(at) / 1.0000000000m;

    private static long? Number(DbDataReader row, int at) => row.IsDBNull(at) ? null : row.GetInt64(at);
}
