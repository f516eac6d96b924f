using System.Globalization;
using System.Text;
using System.Text.Json;
using Tidegate.Core.Calls;
using Tidegate.Core.Resources.OpenSlo.Indicators;

namespace Tidegate.Insight.Indicators.Counting;

/// <summary>An indicator on the gateway's own calls: which of them, judged by what. In the form in which calls are judged.</summary>
internal sealed record CallIndicator
{
    private CallIndicator(GatewayIndicatorConfig config)
    {
        Config = config;
        Outcomes = GatewayOutcomes.Of(config);
        (Threshold, Currency) = Border(config);
        Where = new (GatewaySelector, IReadOnlyList<string>)[]
        {
            (GatewaySelector.Service, config.Service), (GatewaySelector.Route, config.Route), (GatewaySelector.Version, config.Version),
            (GatewaySelector.Consumer, config.Consumer), (GatewaySelector.Team, config.Team), (GatewaySelector.Model, config.Model),
            (GatewaySelector.Provider, config.Provider), (GatewaySelector.Region, config.Region), (GatewaySelector.Destination, config.Destination),
        }.Where(w => w.Item2.Count > 0).ToArray();
        SeriesName = Name();
    }

    /// <summary>As it is written.</summary>
    public GatewayIndicatorConfig Config { get; }

    /// <summary>What a call is judged by.</summary>
    public GatewayMeasure Measure => Config.Measure;

    /// <summary>Dimension whose values are objectives of their own; null: all calls together.</summary>
    public GatewaySelector? GroupBy => Config.GroupBy;

    /// <summary>Good and bad outcomes.</summary>
    public GatewayOutcomes Outcomes { get; }

    /// <summary>Border between good and bad in the unit records have: microseconds, tokens per second, billionths of a currency, seconds of age.</summary>
    public double Threshold { get; }

    /// <summary>Currency of <see cref="Threshold"/> where it is money.</summary>
    public string Currency { get; }

    /// <summary>Values wanted, by dimension; a dimension that is not in it may have any.</summary>
    public IReadOnlyList<(GatewaySelector Dimension, IReadOnlyList<string> Values)> Where { get; }

    /// <summary>Name of its series: the same for the same question, whoever asks.</summary>
    public string SeriesName { get; }

    public static CallIndicator Of(GatewayIndicatorConfig config) => new(config);

    private static (double Threshold, string Currency) Border(GatewayIndicatorConfig config) => config.Measure switch
    {
        _ when config.Threshold is null => (0, ""),
        GatewayMeasure.TokensPerSecond => (GatewayThreshold.NumberOf(config), ""),
        GatewayMeasure.CostPerGoodAnswer => (GatewayThreshold.MoneyOf(config).Nanos, GatewayThreshold.MoneyOf(config).Currency),
        GatewayMeasure.Freshness => (GatewayThreshold.DurationOf(config).TotalSeconds, ""),
        _ => (GatewayThreshold.DurationOf(config).TotalMicroseconds, ""),
    };

    private string Name()
    {
        var text = new StringBuilder("tidegate:").Append(Measure.Word());
        if (Config.Threshold is not null) text.Append(CultureInfo.InvariantCulture, $"@{Threshold:R}{Currency}");
        foreach (var (dimension, values) in Where) text.Append(';').Append(Word(dimension)).Append('=').AppendJoin('|', values.Order(StringComparer.Ordinal));
        if (Config.Good.Count > 0) text.Append(";good=").AppendJoin('|', Words(Outcomes.Good));
        if (Config.Bad.Count > 0) text.Append(";bad=").AppendJoin('|', Words(Outcomes.Bad));
        if (GroupBy is { } by) text.Append(";by=").Append(Word(by));
        return text.ToString();
    }

    private static IEnumerable<string> Words(IReadOnlyList<bool> outcomes) => CallOutcomes.All.Where((_, i) => outcomes[i]);

    private static string Word(GatewaySelector dimension) => JsonNamingPolicy.SnakeCaseLower.ConvertName(dimension.ToString());
}
