using System.Collections.Concurrent;
using Tidegate.Core.Calls;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.OpenSlo.Indicators;
using Tidegate.Core.Windows;
using Tidegate.Insight.Indicators.Counting;
using Tidegate.Tests.Insight.Objectives.Support;

namespace Tidegate.Tests.Insight.Indicators.Counting;

/// <summary>Which calls an indicator counts, and under which value of a dimension.</summary>
public sealed class CallSelectorsTests
{
    private static readonly ConfigDocument Document = ObjectiveNode.Read(Dimensions.Documents);

    private readonly ConcurrentDictionary<string, CounterCell> _cells = new(StringComparer.Ordinal);

    // Which of the calls below, as bits: the first is the lowest.
    [Theory]
    [InlineData("service", "orders", 2, 0b000011)]
    [InlineData("service", "orders|chat", 4, 0b001111)]
    [InlineData("route", "checkout", 1, 0b000001)]
    [InlineData("version", "v2", 2, 0b000110)]
    [InlineData("consumer", "shop", 3, 0b010101)]
    [InlineData("team", "mobile", 2, 0b001010)]
    [InlineData("model", "chat", 2, 0b001100)]
    [InlineData("model", "orders", 0, 0)] // a service is no model
    [InlineData("provider", "local", 1, 0b001000)]
    [InlineData("provider", "local|openai", 2, 0b001100)]
    [InlineData("region", "eu", 2, 0b001001)] // by destination, and by provider
    [InlineData("region", "us", 2, 0b000110)]
    [InlineData("destination", "far", 1, 0b000010)]
    public void Count_BySelector_TakesTheCallsThatFit(string dimension, string values, int calls, int which) => AssertCounts([(dimension, values)], calls, which);

    [Theory]
    [InlineData("consumer=shop;version=v1", 2, 0b010001)]
    [InlineData("consumer=shop;service=orders", 1, 0b000001)]
    [InlineData("team=sales;region=us", 1, 0b000100)]
    [InlineData("model=chat;provider=openai|local;team=mobile", 1, 0b001000)]
    [InlineData("service=orders;provider=openai", 0, 0)]
    public void Count_BySeveralSelectors_TakesTheCallsThatFitAllOfThem(string selectors, int calls, int which) =>
        AssertCounts([.. selectors.Split(';').Select(s => s.Split('=')).Select(s => (s[0], s[1]))], calls, which);

    [Theory]
    [InlineData(GatewaySelector.Service, "(none) 2, chat 2, orders 2")]
    [InlineData(GatewaySelector.Route, "(none) 5, checkout 1")]
    [InlineData(GatewaySelector.Version, "(none) 1, v1 3, v2 2")]
    [InlineData(GatewaySelector.Consumer, "(none) 1, app 2, shop 3")]
    [InlineData(GatewaySelector.Team, "(none) 1, mobile 2, sales 3")]
    [InlineData(GatewaySelector.Model, "(none) 4, chat 2")]
    [InlineData(GatewaySelector.Provider, "(none) 4, local 1, openai 1")]
    [InlineData(GatewaySelector.Region, "(none) 2, eu 2, us 2")]
    [InlineData(GatewaySelector.Destination, "(none) 3, elsewhere 1, far 1, near 1")]
    public void Count_GroupedBy_IsASeriesForEachValue(GatewaySelector by, string expected)
    {
        Count(new GatewayIndicatorConfig { Measure = GatewayMeasure.Availability, GroupBy = by }, Calls());

        Assert.Equal(expected, string.Join(", ", _cells.Values.OrderBy(c => c.Group, StringComparer.Ordinal).Select(c => $"{(c.Group.Length == 0 ? "(none)" : c.Group)} {c.Drain(new()).Total}")));
    }

    // Values are made by callers: there is an end to how many have an objective of their own.
    [Fact]
    public void Count_MoreThanAThousandGroups_CountsTheRestTogether()
    {
        var calls = Enumerable.Range(0, 1_003).Select(i => new CallRecord { Consumer = $"c{i}", Outcome = CallOutcome.UpstreamError }).ToList();

        Count(new GatewayIndicatorConfig { Measure = GatewayMeasure.Availability, GroupBy = GatewaySelector.Consumer }, [.. calls, .. calls]);

        Assert.Equal(1_001, _cells.Count);
        Assert.Equal(new Tally(6, 6), _cells["tidegate:availability;by=consumer=(others)"].Drain(new()));
        Assert.Equal(new Tally(2, 2), _cells["tidegate:availability;by=consumer=c999"].Drain(new()));
        Assert.DoesNotContain("tidegate:availability;by=consumer=c1000", _cells.Keys);
    }

    private static CallRecord[] Calls() =>
    [
        new() { Service = "orders", Destination = "near", Route = "checkout", Version = "v1", Consumer = "shop" },
        new() { Service = "orders", Destination = "far", Version = "v2", Consumer = "app" },
        new() { Service = "chat", Version = "v2", Consumer = "shop", Use = new ModelUse("openai", "gpt") },
        new() { Service = "chat", Version = "v1", Consumer = "app", Use = new ModelUse("local", "llama") },
        new() { Version = "v1", Consumer = "shop", Destination = "elsewhere" },
        new(),
    ];

    private void AssertCounts(IReadOnlyList<(string Dimension, string Values)> selectors, int calls, int which)
    {
        IReadOnlyList<string> Of(string dimension) => selectors.FirstOrDefault(s => s.Dimension == dimension).Values?.Split('|') ?? [];
        var config = new GatewayIndicatorConfig
        {
            Measure = GatewayMeasure.Availability, Service = Of("service"), Route = Of("route"), Version = Of("version"), Consumer = Of("consumer"), Team = Of("team"), Model = Of("model"),
            Provider = Of("provider"), Region = Of("region"), Destination = Of("destination"),
        };
        Count(config, [.. Calls().SelectMany((call, i) => Enumerable.Repeat(call, 1 << i))]);

        // Each call so often that the sum says which they were.
        var counted = _cells.IsEmpty ? 0 : (int)Assert.Single(_cells.Values).Drain(new()).Total;
        Assert.Equal((calls, Convert.ToString(which, 2)), (System.Numerics.BitOperations.PopCount((uint)counted), Convert.ToString(counted, 2)));
    }

    private void Count(GatewayIndicatorConfig config, IReadOnlyList<CallRecord> calls)
    {
        var table = new CounterTable([CallIndicator.Of(config)], Document, _cells);
        foreach (var call in calls) table.Count(call);
    }
}
