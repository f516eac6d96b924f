using Microsoft.Extensions.Time.Testing;
using Tidegate.Insight.Indicators.Otlp.Wire;
using Tidegate.Tests.Insight.Indicators.Support;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Insight.Indicators.Otlp;

/// <summary>Points that are pushed in, counted once whatever is delivered how often.</summary>
public sealed class OtlpTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 3, TimeSpan.Zero);
    private readonly SqliteTestDatabase _database = new();
    private readonly FakeTimeProvider _time = new(Start);
    private OtlpNode _node = null!;

    private static ulong Before => OtlpNode.Nanoseconds(Start.AddHours(-1));

    public async ValueTask InitializeAsync() => _node = await NodeAsync();

    public async ValueTask DisposeAsync()
    {
        await _node.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task CumulativeSums_GrowthCountsOnce_OverDuplicatesResetsAndARestart()
    {
        // Both programs began before anybody listened: their first points are where counting begins.
        Assert.Null(Push(1000, 50, Before));
        Assert.Equal("no_data", (await _node.StatusAsync("shop")).State);

        await LaterAsync();
        Push(1100, 55, Before);
        Push(1100, 55, Before); // delivered again
        Assert.Equal((5, 105), await CountsAsync());

        // Started anew: all that it says was counted since.
        await LaterAsync();
        var anew = _node.Now - 10_000_000_000;
        Push(40, 0, anew);
        Assert.Equal((5, 145), await CountsAsync());

        // An older point that comes late says nothing new.
        _node.Push(_node.Counter("requests", 30, anew, _node.Now - 5_000_000_000, attributes: ("code", "200")));
        Assert.Equal((5, 145), await CountsAsync());

        // It fell without a new start.
        await LaterAsync();
        Push(7, 0, anew);
        Assert.Equal((5, 152), await CountsAsync());

        // Another process of Tidegate: what was counted is there, and is not counted again.
        await _node.DisposeAsync();
        _node = await NodeAsync();
        await LaterAsync();
        Push(20, 0, anew);
        Assert.Equal((5, 152), await CountsAsync());
        await LaterAsync();
        Push(25, 3, anew);
        Assert.Equal((8, 160), await CountsAsync());
    }

    [Fact]
    public async Task CumulativeSums_StreamThatAppearsLater_CountsFromNothing()
    {
        _node.Push(_node.Counter("requests", 1000, Before, attributes: ("code", "200")));
        await LaterAsync();

        // The first error of a program that was heard before: it had none then.
        Push(1010, 4, Before);

        Assert.Equal((4, 14), await CountsAsync());
        // And one that began after we did counts whole.
        await LaterAsync();
        _node.PushOf("other", _node.Counter("requests", 6, _node.Now - 1_000_000_000, attributes: ("code", "200")));
        Assert.Equal((4, 20), await CountsAsync());
    }

    [Fact]
    public async Task DeltaSums_EachPointCountsOnce_AlsoWhenItComesAgainOrLate()
    {
        var first = _node.Now;
        Delta(90, 10, first);
        await LaterAsync();
        await LaterAsync();
        var third = _node.Now;
        Delta(45, 5, third);
        Assert.Equal((15, 150), await CountsAsync());

        Delta(90, 10, first);
        Delta(45, 5, third);
        Assert.Equal((15, 150), await CountsAsync());

        Delta(9, 1, third - 60_000_000_000);
        Assert.Equal((16, 160), await CountsAsync());

        var refused = Delta(9, 1, first - 60_000_000_000);
        Assert.Equal(2, refused!.RejectedDataPoints);
        Assert.Contains("requests: it is older than what is remembered of its stream", refused.ErrorMessage, StringComparison.Ordinal);
        Assert.Equal((16, 160), await CountsAsync());
    }

    [Fact]
    public async Task Histograms_GoodIsWhatIsBelowTheThreshold_OfEitherKind()
    {
        Metric Explicit(ulong count, params ulong[] buckets) => new()
        {
            Name = "duration",
            Histogram = new()
            {
                AggregationTemporality = AggregationTemporality.Cumulative,
                DataPoints = { new HistogramDataPoint { StartTimeUnixNano = _node.Now, TimeUnixNano = _node.Now, Count = count, BucketCounts = { buckets }, ExplicitBounds = { 0.1, 0.25, 0.5, 1 } } },
            },
        };
        _node.Push(Explicit(100, 50, 30, 15, 4, 1));
        // 0.3 lies in a bucket: what is in it is not good.
        Assert.Equal((20, 100), await CountsAsync("fast"));

        await LaterAsync();
        // 2^(1/4): the bucket at -8 ends at 2^(-7/4) = 0.2973, that at -7 at 0.3536.
        var exponential = new Metric
        {
            Name = "duration",
            ExponentialHistogram = new()
            {
                AggregationTemporality = AggregationTemporality.Delta,
                DataPoints = { new ExponentialHistogramDataPoint { TimeUnixNano = _node.Now, Count = 29, Scale = 2, ZeroCount = 2, Positive = new() { Offset = -9, BucketCounts = { 10, 9, 8 } } } },
            },
        };
        _node.PushOf("other", exponential);
        Assert.Equal((20 + 8, 129), await CountsAsync("fast"));

        // Buckets that were joined: good ones share one with bad ones now, and are good no longer; none counts twice.
        exponential.ExponentialHistogram.AggregationTemporality = AggregationTemporality.Cumulative;
        var point = exponential.ExponentialHistogram.DataPoints[0];
        (point.StartTimeUnixNano, point.TimeUnixNano) = (_node.Now, _node.Now);
        _node.PushOf("third", exponential);
        await LaterAsync();
        (point.TimeUnixNano, point.Count, point.Scale) = (_node.Now, 39, 0);
        (point.Positive.Offset, point.ZeroCount) = (-3, 2);
        point.Positive.BucketCounts.Clear();
        point.Positive.BucketCounts.Add([10, 27]);
        _node.PushOf("third", exponential);
        Assert.Equal((20 + 8 + 8 + 10, 129 + 39), await CountsAsync("fast"));
    }

    [Fact]
    public async Task HistogramAsACounter_ItsEventsAreGoodAndTotal()
    {
        Metric Served(string code, ulong count) => new()
        {
            Name = "served",
            Histogram = new()
            {
                AggregationTemporality = AggregationTemporality.Delta,
                DataPoints = { new HistogramDataPoint { TimeUnixNano = _node.Now, Count = count, Attributes = { new KeyValue { Key = "code", Value = new() { StringValue = code } } } } },
            },
        };

        _node.Push(Served("200", 95), Served("500", 5));

        Assert.Equal((5, 100), await CountsAsync("served"));
    }

    [Fact]
    public async Task Gauge_EveryPointIsAnEvent_GoodOnOneSideOfTheBorder()
    {
        _node.Push(_node.Gauge("queue", 5, attributes: ("name", "mail")));
        _node.Push(_node.Gauge("queue", 5, attributes: ("name", "mail")));
        _node.Push(_node.Gauge("queue", 50, attributes: ("name", "other")));
        await LaterAsync();
        _node.Push(_node.Gauge("queue", 11, attributes: ("name", "mail")));

        Assert.Equal((1, 2), await CountsAsync("queue"));
    }

    [Fact]
    public async Task Silence_IsNoDataAndNeverGood()
    {
        Assert.Equal(("no_data", "Nothing was pushed of requests yet."), ((await _node.StatusAsync("shop")).State, (await _node.StatusAsync("shop")).Reason));
        Delta(1000, 0, _node.Now);
        Assert.Equal("ok", (await _node.StatusAsync("shop")).State);

        await _node.TickAsync(TimeSpan.FromMinutes(11));

        var status = await _node.StatusAsync("shop");
        Assert.Equal(("no_data", 1000.0), (status.State, status.Total));
        Assert.StartsWith("Nothing was pushed of requests since 2026-03-02 09:00:03Z", status.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("negative", "it has counted -1")]
    [InlineData("nan", "its value is NaN")]
    [InlineData("infinite", "its value is infinite")]
    [InlineData("absurd", "what it adds is 1E+308, and no more than 1000000000000 are counted at once")]
    [InlineData("future", "its time 2026-03-02 10:00:03Z is ahead of ours")]
    [InlineData("past", "its time 2026-03-01 08:00:03Z is more than a day ago")]
    [InlineData("timeless", "it has no time")]
    [InlineData("temporality", "it does not say whether it is delta or cumulative")]
    [InlineData("falling", "it is a sum that can fall, where a counter is expected")]
    [InlineData("gauge", "it is a gauge, where a counter is expected")]
    [InlineData("summary", "it is a summary, of which nothing can be counted")]
    [InlineData("valueless", "it has no value")]
    public async Task Point_ThatCannotBe_IsRefusedWithTheReason_AndTheOthersCount(string fault, string reason)
    {
        var wrong = _node.Counter("requests", 1, time: _node.Now, temporality: AggregationTemporality.Delta, attributes: ("code", "wrong"));
        var point = wrong.Sum.DataPoints[0];
        switch (fault)
        {
            case "negative": point.AsInt = -1; break;
            case "nan": point.AsDouble = double.NaN; break;
            case "infinite": point.AsDouble = double.PositiveInfinity; break;
            case "absurd": point.AsDouble = 1e308; break;
            case "future": point.TimeUnixNano += 3_600_000_000_000; break;
            case "past": point.TimeUnixNano -= 25 * 3_600_000_000_000; break;
            case "timeless": point.TimeUnixNano = 0; break;
            case "temporality": wrong.Sum.AggregationTemporality = AggregationTemporality.Unspecified; break;
            case "falling": wrong.Sum.IsMonotonic = false; break;
            case "gauge": wrong = _node.Gauge("requests", 1); break;
            case "summary": wrong = new() { Name = "requests", Summary = new() { DataPoints = { new SummaryDataPoint() } } }; break;
            default: point.ClearValue(); break;
        }

        var answer = _node.Push(wrong, _node.Counter("requests", 10, temporality: AggregationTemporality.Delta, attributes: ("code", "200")), _node.Counter("nobody asks", double.NaN));

        Assert.Equal((1L, $"requests: {reason}"), (answer!.RejectedDataPoints, answer.ErrorMessage));
        Assert.Equal((0, 10), await CountsAsync());
    }

    [Theory]
    [InlineData(new ulong[] { }, new double[] { }, 5UL, "it has no buckets, so nobody knows which events are good")]
    [InlineData(new ulong[] { 1, 2 }, new[] { 0.1, 0.2 }, 3UL, "it has 2 buckets for 2 bounds")]
    [InlineData(new ulong[] { 1, 2 }, new[] { 0.5 }, 3UL, "its smallest bound is above the threshold 0.3")]
    [InlineData(new ulong[] { 1, 2, 3 }, new[] { 0.2, 0.1 }, 6UL, "its bounds do not ascend")]
    [InlineData(new ulong[] { 1, 2 }, new[] { 0.1 }, 5UL, "its buckets hold 3 events, but it says that there are 5")]
    public async Task Histogram_ThatCannotBe_IsRefusedWithTheReason(ulong[] buckets, double[] bounds, ulong count, string reason)
    {
        var answer = _node.Push(new Metric
        {
            Name = "duration",
            Histogram = new() { AggregationTemporality = AggregationTemporality.Delta, DataPoints = { new HistogramDataPoint { TimeUnixNano = _node.Now, Count = count, BucketCounts = { buckets }, ExplicitBounds = { bounds } } } },
        });

        Assert.Equal($"duration: {reason}", answer!.ErrorMessage);
        Assert.Equal($"What is pushed of duration is refused: {reason}.", (await _node.StatusAsync("fast")).Reason);
        Assert.Equal("no_data", (await _node.StatusAsync("fast")).State);
    }

    private static string Documents
    {
        get
        {
            const string Ok = "type: otlp, spec: {metric: requests, attributes: {service.name: shop}}", All = "type: otlp, spec: {metric: requests}";
            static string Ratio(string good, string total) => $"{{ratioMetric: {{counter: true, good: {{metricSource: {{{good}}} }}, total: {{metricSource: {{{total}}} }} }} }}";
            string[] slos =
            [
                PrometheusDocuments.Slo("shop", Ratio(Ok.Replace("service.name: shop", "code: \"200\"", StringComparison.Ordinal), All), "1d", alerts: "none"),
                PrometheusDocuments.Slo("served", Ratio("type: otlp, spec: {metric: served, attributes: {code: \"200\", service.name: shop}}", "type: otlp, spec: {metric: served}"), "1d", alerts: "none"),
                PrometheusDocuments.Slo("fast", "{ratioMetric: {rawType: success, raw: {metricSource: {type: otlp, spec: {metric: duration, threshold: 0.3} } } } }", "1d", alerts: "none"),
                PrometheusDocuments.Slo("queue", "{thresholdMetric: {metricSource: {type: otlp, spec: {metric: queue, attributes: {name: mail} } } } }", "1d", "op: lt, value: 10, target: 0.99", "none"),
            ];
            return PrometheusDocuments.Service + string.Concat(slos)[..^4];
        }
    }

    private Task<OtlpNode> NodeAsync() => OtlpNode.StartAsync(_database, _time, Documents);

    private Task LaterAsync() => _node.TickAsync(TimeSpan.FromMinutes(1));

    private ExportMetricsPartialSuccess? Push(double good, double bad, ulong start) =>
        _node.Push(_node.Counter("requests", good, start, attributes: ("code", "200")), _node.Counter("requests", bad, start, attributes: ("code", "500")));

    private ExportMetricsPartialSuccess? Delta(double good, double bad, ulong time) => _node.Push(
        _node.Counter("requests", good, time: time, temporality: AggregationTemporality.Delta, attributes: ("code", "200")),
        _node.Counter("requests", bad, time: time, temporality: AggregationTemporality.Delta, attributes: ("code", "500")));

    private async Task<(double Bad, double Total)> CountsAsync(string id = "shop")
    {
        var status = await _node.StatusAsync(id);
        return (status.Bad, status.Total);
    }
}
