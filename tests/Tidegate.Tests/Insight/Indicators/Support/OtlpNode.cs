using Google.Protobuf;
using Google.Protobuf.Collections;
using Microsoft.Extensions.Time.Testing;
using Tidegate.Insight.Indicators.Otlp;
using Tidegate.Insight.Indicators.Otlp.Wire;
using Tidegate.Insight.Objectives;
using Tidegate.Tests.Insight.Objectives.Support;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Insight.Indicators.Support;

/// <summary>A node that metrics are pushed to; only the clock is ours.</summary>
internal sealed class OtlpNode : IAsyncDisposable
{
    private readonly ObjectiveNode _node;
    private readonly FakeTimeProvider _time;
    private readonly OtlpReceiver _receiver;

    private OtlpNode(OtlpSource source, ObjectiveNode node, FakeTimeProvider time) => (_node, _time, _receiver) = (node, time, new OtlpReceiver(source, node.Hub, time));

    /// <summary>The clock, in the unit of the protocol.</summary>
    public ulong Now => Nanoseconds(_time.GetUtcNow());

    /// <summary>A node on a database.</summary>
    public static async Task<OtlpNode> StartAsync(TestDatabase database, FakeTimeProvider time, string documents)
    {
        var source = new OtlpSource(time);
        return new OtlpNode(source, await ObjectiveNode.StartAsync(database, time, documents, sources: [source]), time);
    }

    /// <summary>A moment in the unit of the protocol.</summary>
    public static ulong Nanoseconds(DateTimeOffset at) => (ulong)at.ToUnixTimeMilliseconds() * 1_000_000;

    /// <summary>Pushes metrics of one program, over the wire's form.</summary>
    public ExportMetricsPartialSuccess? Push(params IReadOnlyList<Metric> metrics) => PushOf("shop", metrics);

    /// <summary>Pushes metrics of a program.</summary>
    public ExportMetricsPartialSuccess? PushOf(string program, params IReadOnlyList<Metric> metrics)
    {
        var request = new ExportMetricsServiceRequest
        {
            ResourceMetrics = { new ResourceMetrics { Resource = new() { Attributes = { Attributes(("service.name", program)) } }, ScopeMetrics = { new ScopeMetrics { Scope = new() { Name = "test" }, Metrics = { metrics } } } } },
        };
        return _receiver.Take(ExportMetricsServiceRequest.Parser.ParseFrom(request.ToByteArray())).PartialSuccess;
    }

    /// <summary>A counter with one point.</summary>
    public Metric Counter(string name, double value, ulong start = 0, ulong? time = null, AggregationTemporality temporality = AggregationTemporality.Cumulative, params IReadOnlyList<(string, string)> attributes) => new()
    {
        Name = name,
        Sum = new()
        {
            IsMonotonic = true, AggregationTemporality = temporality,
            DataPoints = { new NumberDataPoint { AsDouble = value, StartTimeUnixNano = start, TimeUnixNano = time ?? Now, Attributes = { Attributes([.. attributes]) } } },
        },
    };

    /// <summary>A gauge with one point.</summary>
    public Metric Gauge(string name, double value, ulong? time = null, params IReadOnlyList<(string, string)> attributes) => new()
    {
        Name = name, Gauge = new() { DataPoints = { new NumberDataPoint { AsDouble = value, TimeUnixNano = time ?? Now, Attributes = { Attributes([.. attributes]) } } } },
    };

    /// <summary>A tick after a time.</summary>
    public async Task TickAsync(TimeSpan after = default)
    {
        _time.Advance(after);
        await _node.TickAsync();
    }

    /// <summary>An objective after a tick.</summary>
    public async Task<ObjectiveStatus> StatusAsync(string id)
    {
        await _node.TickAsync();
        return _node.Status(id);
    }

    public ValueTask DisposeAsync() => _node.DisposeAsync();

    private static RepeatedField<KeyValue> Attributes(params IReadOnlyList<(string Name, string Value)> values)
    {
        var all = new RepeatedField<KeyValue>();
        foreach (var (name, value) in values) all.Add(new KeyValue { Key = name, Value = new() { StringValue = value } });
        return all;
    }
}
