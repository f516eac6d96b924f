using System.Globalization;
using System.Text.RegularExpressions;
using Tidegate.Core.Resources.Budgets;
using Tidegate.Core.Resources.Schema;

namespace Tidegate.Core.Resources.OpenSlo.Indicators;

/// <summary>The threshold of a gateway indicator, as its measure takes it. For indicators that passed the rules.</summary>
public static partial class GatewayThreshold
{
    /// <summary>Where good ends for <c>latency</c>, <c>first_token</c>, <c>inter_token</c> and <c>freshness</c>.</summary>
    public static TimeSpan DurationOf(GatewayIndicatorConfig indicator) => Duration.Parse(indicator.Threshold!);

    /// <summary>Where good begins for <c>tokens_per_second</c>.</summary>
    public static double NumberOf(GatewayIndicatorConfig indicator) => double.Parse(indicator.Threshold!, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);

    /// <summary>Where good ends for <c>cost_per_good_answer</c>: billionths of a currency.</summary>
    public static (long Nanos, string Currency) MoneyOf(GatewayIndicatorConfig indicator) => MoneyText.Parse(indicator.Threshold!);

    /// <summary>What a measure takes; null when it has no threshold.</summary>
    internal static string? Expected(GatewayMeasure measure) => measure switch
    {
        GatewayMeasure.Latency or GatewayMeasure.FirstToken or GatewayMeasure.InterToken or GatewayMeasure.Freshness => Duration.Expected,
        GatewayMeasure.TokensPerSecond => "a number above 0, such as 30",
        GatewayMeasure.CostPerGoodAnswer => "an amount and a currency, such as 0.02 USD",
        _ => null,
    };

    /// <summary>True when the text is what the measure takes.</summary>
    internal static bool IsLegal(GatewayMeasure measure, string text) => measure switch
    {
        GatewayMeasure.TokensPerSecond => Number().IsMatch(text) && double.Parse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture) > 0,
        GatewayMeasure.CostPerGoodAnswer => Money().IsMatch(text) && MoneyText.Parse(text).Nanos > 0,
        _ => Duration.TryParse(text, out var time) && time > TimeSpan.Zero,
    };

    [GeneratedRegex(@"\A[0-9]{1,9}(\.[0-9]{1,6})?\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Number();

    [GeneratedRegex(MoneyText.Pattern, RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Money();
}
