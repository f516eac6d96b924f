using DuckDB.NET.Data;
using Tidegate.Core.Calls;

namespace Tidegate.Insight.CallLog.Segments;

/// <summary>One column of what a model used and cost: the same in <c>calls</c>, for the attempt that answered, and in <c>attempts</c>. NULL where no model was called.</summary>
/// <param name="Name">In the tables and in the views.</param>
/// <param name="Type">DuckDB type.</param>
/// <param name="View">Expression over the table.</param>
/// <param name="Append">Writes the value of a use.</param>
internal sealed record UseColumn(string Name, string Type, string View, Func<IDuckDBAppenderRow, ModelUse?, IDuckDBAppenderRow> Append)
{
    /// <summary>Version of the tables since which the first of them are there.</summary>
    public const int First = 2;

    /// <summary>Type of amounts: exact to 1e-9, below a billion.</summary>
    public const string Money = "DECIMAL(18, 9)";

    private const decimal MoneyEnd = 1_000_000_000m;

    public static IReadOnlyList<UseColumn> All { get; } =
    [
        Text("provider", static use => use.Provider),
        Text("model", static use => use.Model),
        Tokens("input_tokens", static use => use.InputTokens),
        Tokens("cached_input_tokens", static use => use.InputTokens is null ? null : use.CachedInputTokens),
        Tokens("cache_write_tokens", static use => use.InputTokens is null ? null : use.CacheWriteTokens),
        Tokens("output_tokens", static use => use.OutputTokens),
        Tokens("reasoning_tokens", static use => use.OutputTokens is null ? null : use.ReasoningTokens),
        new("cost", Money, "cost", static (row, use) => AppendMoney(row, use?.Cost)),
        Text("currency", static use => use.Cost is null ? "" : use.Currency),
        new("estimated", "BOOLEAN", "coalesce(estimated, false)", static (row, use) => use is { Estimated: true } ? row.AppendValue(true) : row.AppendNullValue()),
        new("first_token_us", "BIGINT", "first_token_us", static (row, use) => use is { FirstTokenUs: >= 0 and var us } ? row.AppendValue(us) : row.AppendNullValue()),
        new("inter_token_us", "BIGINT", "inter_token_us", static (row, use) => use is { InterTokenUs: >= 0 and var us } ? row.AppendValue(us) : row.AppendNullValue()) { Since = 5 },
    ];

    /// <summary>Version of the tables since which it is there.</summary>
    public int Since { get; init; } = First;

    /// <summary>What a view shows where a segment is too old to have a column: what it shows for calls without a model.</summary>
    public static string Missing(string view, string type) => !view.StartsWith("coalesce", StringComparison.Ordinal) ? $"NULL::{(type == "INTEGER" ? "BIGINT" : type)}" : type == "BOOLEAN" ? "false" : "''";

    /// <summary>Writes an amount; what does not fit is not known.</summary>
    public static IDuckDBAppenderRow AppendMoney(IDuckDBAppenderRow row, decimal? amount) =>
        amount is > -MoneyEnd and < MoneyEnd ? row.AppendValue(decimal.Round(amount.Value, 9)) : row.AppendNullValue();

    private static UseColumn Text(string name, Func<ModelUse, string> read) =>
        new(name, "VARCHAR", $"coalesce({name}, '')", (row, use) => use is not null && read(use) is { Length: > 0 } text ? row.AppendValue(text) : row.AppendNullValue());

    // Half as wide as other numbers, because they are written for calls without a model too: a call has fewer than a billion tokens.
    private static UseColumn Tokens(string name, Func<ModelUse, long?> read) =>
        new(name, "INTEGER", $"{name}::BIGINT", (row, use) => use is not null && read(use) is { } value ? row.AppendValue((int)Math.Min(value, int.MaxValue)) : row.AppendNullValue());
}
