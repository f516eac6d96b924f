using System.Diagnostics.Metrics;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Grpc.Core;
using Grpc.Net.Client;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using Tidegate.EndToEnd.Support;
using Tidegate.Tests.Support;

namespace Tidegate.EndToEnd.Scenarios;

/// <summary>Programs with OpenTelemetry's own SDK push their metrics to a running node, which judges its objectives by them.</summary>
public sealed class MetricsPushedOverOtlpTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sdk_PushesByHttpAndByGrpc_ObjectivesCountEveryEventOnce()
    {
        using var config = new ConfigFiles(ConfigFiles.Service("web", new("http://127.0.0.1:9")), ConfigFiles.Route("web", "/web", "web"), Objectives);
        using var data = new TempDirectory();
        var grpc = new Uri($"http://127.0.0.1:{FreePort.Find()}");
        await using var node = await TidegateProcess.ServeAsync(new() { Data = data.Path, Config = config.Path, Flags = ["--otlp-grpc", grpc.GetLeftPart(UriPartial.Authority)] });
        var token = await TokenAsync(node, "indicators.push");
        // Once the objectives are there, counting has begun.
        await Eventually.IsTrueAsync(async () => (await node.Api.SendAsync(HttpMethod.Get, "objectives/shop")).Status == HttpStatusCode.OK, Soon, "the objectives are judged");

        foreach (var (name, protocol, temporality) in new[]
        {
            ("http-cumulative", OtlpExportProtocol.HttpProtobuf, MetricReaderTemporalityPreference.Cumulative), ("http-delta", OtlpExportProtocol.HttpProtobuf, MetricReaderTemporalityPreference.Delta),
            ("grpc-cumulative", OtlpExportProtocol.Grpc, MetricReaderTemporalityPreference.Cumulative), ("grpc-delta", OtlpExportProtocol.Grpc, MetricReaderTemporalityPreference.Delta),
        })
        {
            var endpoint = protocol == OtlpExportProtocol.Grpc ? grpc : new Uri(node.Admin, "/v1/metrics");
            using var meter = new Meter($"shop.{name}");
            using var provider = Sdk.CreateMeterProviderBuilder().AddMeter(meter.Name)
                .AddView("exponential", new Base2ExponentialBucketHistogramConfiguration())
                .AddReader(new BaseExportingMetricReader(new OtlpMetricExporter(new() { Endpoint = endpoint, Protocol = protocol, Headers = $"Authorization=Bearer {token}" })) { TemporalityPreference = temporality })
                .Build();
            var (requests, explicitly, exponentially) = (meter.CreateCounter<long>("requests"), meter.CreateHistogram<double>("explicit"), meter.CreateHistogram<double>("exponential"));
            meter.CreateObservableGauge("queue", () => 3);
            for (var round = 0; round < 3; round++)
            {
                requests.Add(99, new KeyValuePair<string, object?>("code", 200));
                requests.Add(1, new KeyValuePair<string, object?>("code", 500));
                for (var i = 0; i < 10; i++)
                {
                    explicitly.Record(i < 9 ? 80 : 700);
                    exponentially.Record(i < 9 ? 0.08 : 0.7);
                }

                Assert.True(provider.ForceFlush(10_000), name);
            }
        }

        // Four programs, three exports each; what is exported cumulatively says everything three times.
        await HasAsync(node, "shop", 12, 1200);
        await HasAsync(node, "explicit", 12, 120);
        await HasAsync(node, "exponential", 12, 120);
        var (state, body) = await node.Api.SendAsync(HttpMethod.Get, "objectives/queue");
        Assert.Equal(HttpStatusCode.OK, state);
        Assert.True((double)body!["total"]! >= 12);
        Assert.Equal(0, (double)body["bad"]!);
        Assert.DoesNotContain("Overriding address", node.Log, StringComparison.Ordinal);
        await node.StopAsync();
    }

    [Fact]
    public async Task Http_AsTheProtocolHasIt()
    {
        using var config = new ConfigFiles(ConfigFiles.Service("web", new("http://127.0.0.1:9")), ConfigFiles.Route("web", "/web", "web"), Objectives);
        using var data = new TempDirectory();
        var grpc = new Uri($"http://127.0.0.1:{FreePort.Find()}");
        await using var node = await TidegateProcess.ServeAsync(new() { Data = data.Path, Config = config.Path, Flags = ["--otlp-grpc", grpc.GetLeftPart(UriPartial.Authority)] });
        using var http = new HttpClient { BaseAddress = node.Admin };
        var (allowed, other) = (await TokenAsync(node, "indicators.push"), await TokenAsync(node, "objectives.read"));
        await Eventually.IsTrueAsync(async () => (await node.Api.SendAsync(HttpMethod.Get, "objectives/shop")).Status == HttpStatusCode.OK, Soon, "the objectives are judged");

        // JSON, packed; ids of exemplars are hexadecimal there, and there are fields nobody knows.
        var now = (ulong)DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() * 1_000_000;
        var json = Json(now, "10", "1");
        Assert.Equal((200, "{ }"), await PostAsync(http, allowed, json, "application/json", gzip: true));
        await HasAsync(node, "shop", 0, 10);
        // Partial success says what was refused; the rest counts.
        var (status, said) = await PostAsync(http, allowed, Json(now + 1_000_000, "5", "0").Replace("\"asInt\":\"5\"", "\"asDouble\":\"NaN\"", StringComparison.Ordinal), "application/json; charset=utf-8");
        Assert.Equal(200, status);
        Assert.Equal(("1", "requests: its value is NaN"), ((string?)JsonNode.Parse(said)!["partialSuccess"]!["rejectedDataPoints"], (string?)JsonNode.Parse(said)!["partialSuccess"]!["errorMessage"]));

        Assert.Equal(401, (await PostAsync(http, null, json, "application/json")).Status);
        Assert.Equal(403, (await PostAsync(http, other, json, "application/json")).Status);
        Assert.Equal(415, (await PostAsync(http, allowed, json, "text/plain")).Status);
        Assert.Equal(400, (await PostAsync(http, allowed, "{\"resourceMetrics\":[{]}", "application/json")).Status);
        Assert.Equal(400, (await PostAsync(http, allowed, "not protobuf at all", "application/x-protobuf")).Status);
        Assert.Equal(413, (await PostAsync(http, allowed, new string(' ', 9 << 20), "application/json")).Status);
        Assert.Equal(413, (await PostAsync(http, allowed, new string(' ', 33 << 20), "application/json", gzip: true)).Status);

        // The port of gRPC has the same login, and nothing else behind it.
        using var channel = GrpcChannel.ForAddress(grpc);
        var push = new Method<byte[], byte[]>(MethodType.Unary, "opentelemetry.proto.collector.metrics.v1.MetricsService", "Export", Marshallers.Create(b => b, b => b), Marshallers.Create(b => b, b => b));
        async Task<StatusCode> CallAsync(string? token)
        {
            var headers = new Metadata();
            if (token is not null) headers.Add("authorization", $"Bearer {token}");
            try
            {
                await channel.CreateCallInvoker().AsyncUnaryCall(push, null, new CallOptions(headers, cancellationToken: Cancel), []);
                return StatusCode.OK;
            }
            catch (RpcException refused)
            {
                return refused.StatusCode;
            }
        }

        Assert.Equal([StatusCode.Unauthenticated, StatusCode.PermissionDenied, StatusCode.OK], [await CallAsync(null), await CallAsync(other), await CallAsync(allowed)]);
        using var admin = new HttpRequestMessage(HttpMethod.Get, new Uri(grpc, "/api/v1/status")) { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        admin.Headers.Authorization = new AuthenticationHeaderValue("Bearer", node.Token);
        using var answer = await http.SendAsync(admin, Cancel);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        await node.StopAsync();
    }

    private static string Json(ulong now, string value, string start) => $$$"""
        {"resourceMetrics":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"shop"}}],"droppedAttributesCount":0},"schemaUrl":"x","scopeMetrics":[{"scope":{"name":"s"},"metrics":[
          {"name":"requests","unit":"1","sum":{"aggregationTemporality":1,"isMonotonic":true,"dataPoints":[
            {"attributes":[{"key":"code","value":{"intValue":"200"}}],"startTimeUnixNano":"{{{start}}}","timeUnixNano":"{{{now}}}","asInt":"{{{value}}}","exemplars":[{"traceId":"5b8efff798038103d269b633813fc60c","spanId":"eee19b7ec3c1b174","timeUnixNano":"{{{now}}}","asInt":"1"}],"future":[1]}]}}]}]}]}
        """;

    private static async Task<(int Status, string Body)> PostAsync(HttpClient http, string? token, string body, string type, bool gzip = false)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        if (gzip)
        {
            using var packed = new MemoryStream();
            await using (var pack = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true)) await pack.WriteAsync(bytes, Cancel);
            bytes = packed.ToArray();
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/metrics") { Content = new ByteArrayContent(bytes) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        if (gzip) request.Content.Headers.ContentEncoding.Add("gzip");
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Headers.ExpectContinue = bytes.Length > 1 << 20;
        using var answer = await http.SendAsync(request, Cancel);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancel));
    }

    private static async Task<string> TokenAsync(TidegateProcess node, string permission)
    {
        var (status, body) = await node.Api.SendAsync(HttpMethod.Post, "tokens", new JsonObject { ["name"] = permission, ["scopes"] = new JsonArray(permission) });
        Assert.True(status is HttpStatusCode.OK or HttpStatusCode.Created, $"{status} {body}");
        return (string)body!["secret"]!;
    }

    private static Task HasAsync(TidegateProcess node, string objective, double bad, double total) => Eventually.HoldsAsync(async () =>
    {
        var status = await node.Api.GetAsync($"objectives/{objective}");
        Assert.Equal((bad, total), ((double)status["bad"]!, (double)status["total"]!));
    }, Soon);

    private static string Objectives
    {
        get
        {
            string[] slos =
            [
                Slo("shop", "ratioMetric: {counter: true, good: {metricSource: {type: otlp, spec: {metric: requests, attributes: {code: \"200\"} } } }, total: {metricSource: {type: otlp, spec: {metric: requests} } } }"),
                Slo("explicit", "ratioMetric: {rawType: success, raw: {metricSource: {type: otlp, spec: {metric: explicit, threshold: 100} } } }"),
                Slo("exponential", "ratioMetric: {rawType: success, raw: {metricSource: {type: otlp, spec: {metric: exponential, threshold: 0.1} } } }"),
                Slo("queue", "thresholdMetric: {metricSource: {type: otlp, spec: {metric: queue} } }", "op: lt, value: 10, "),
            ];
            return string.Join("\n---\n", slos);
        }
    }

    private static string Slo(string name, string indicator, string border = "") => $$"""
        apiVersion: openslo/v1
        kind: SLO
        metadata: {name: {{name}}}
        spec:
          service: web
          budgetingMethod: Occurrences
          timeWindow: [{duration: 7d, isRolling: true}]
          objectives: [ { {{border}}target: 0.95 } ]
          indicator:
            metadata: {name: {{name}}}
            spec:
              {{indicator}}
        """;
}
