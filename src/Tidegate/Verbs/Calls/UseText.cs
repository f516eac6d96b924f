using System.Globalization;
using Tidegate.Cli;
using Tidegate.Insight.CallLog;

namespace Tidegate.Verbs.Calls;

/// <summary>What a model used and cost, in words.</summary>
internal static class UseText
{
    /// <summary>Columns of sums.</summary>
    public static IReadOnlyList<Column<CallTopRow>> Columns { get; } =
    [
        new("TOKENS IN", r => r.Use is { } use ? Number(use.InputTokens) : "") { Right = true },
        new("OUT", r => r.Use is { } use ? Number(use.OutputTokens) : "") { Right = true },
        new("COST", r => r.Use is { } use ? Cost(use) : "") { Right = true },
    ];

    /// <summary><c>1,200 in (800 cached), 90 out (60 reasoning), counted here</c>; empty where no model was called.</summary>
    public static string Tokens(UseEntry? use)
    {
        if (use is null) return "";
        if (use is { InputTokens: null, OutputTokens: null }) return "unknown";
        List<string> inside = [], outside = [];
        if (use.CachedInputTokens > 0) inside.Add($"{Number(use.CachedInputTokens)} cached");
        if (use.CacheWriteTokens > 0) inside.Add($"{Number(use.CacheWriteTokens)} written to the cache");
        if (use.ReasoningTokens > 0) outside.Add($"{Number(use.ReasoningTokens)} reasoning");
        return $"{Number(use.InputTokens)} in{Of(inside)}, {Number(use.OutputTokens)} out{Of(outside)}{(use.Estimated ? ", counted here" : "")}{(use.InterTokenUs is { } us ? $", one per {DurationChart.Text(us)}" : "")}";
    }

    /// <summary><c>0.0021 USD</c>, <c>unknown</c>; empty where no model was called.</summary>
    public static string Cost(UseEntry? use) => use switch
    {
        null => "",
        { Cost: null } => "unknown",
        { Cost: { } cost } => $"{Amount(cost)} {use.Currency}{(use.Estimated ? " (estimated)" : "")}",
    };

    /// <summary>The same with what other attempts cost.</summary>
    public static string Cost(CallEntry call) => call.Use is null || call.OtherCost == 0
        ? Cost(call.Use)
        : $"{Cost(call.Use)}, other attempts {(call.OtherCost is { } other ? $"{Amount(other)} {call.Use.Currency}" : "unknown")}";

    private static string Cost(UseNumbers use)
    {
        var known = use.Cost is { } cost ? $"{Amount(cost)} {use.Currency}" : "unknown";
        return use is { Cost: not null, CostUnknown: > 0 } ? $"{known} + {Number(use.CostUnknown)} unknown" : known;
    }

    private static string Amount(decimal amount) => amount.ToString("0.#########", CultureInfo.InvariantCulture);

    private static string Number(long? number) => number is { } known ? known.ToString("N0", CultureInfo.InvariantCulture) : "?";

    private static string Of(List<string> parts) => parts.Count == 0 ? "" : $" ({string.Join(", ", parts)})";
}
