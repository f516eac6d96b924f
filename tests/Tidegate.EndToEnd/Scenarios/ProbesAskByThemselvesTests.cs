using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Tidegate.EndToEnd.Support;
using Tidegate.EndToEnd.Support.Peers;
using Tidegate.Tests.Support;

namespace Tidegate.EndToEnd.Scenarios;

/// <summary>A node without any traffic is judged by its probes: of a web server, a port, a gRPC server with the standard health service, a name server, and a model over the gateway.</summary>
public sealed class ProbesAskByThemselvesTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Probes_OfEverything_AreGoodThenBadWithTheReasonAndNobodysCalls()
    {
        var status = 200;
        await using var web = await KestrelPeer.StartAsync(HttpProtocols.Http1, app => app.MapGet("/healthz", () => Results.Text("ok", statusCode: Volatile.Read(ref status))));
        await using var grpc = await GrpcPeer.StartAsync();
        grpc.Healthy = true;
        await using var names = new DnsSink(new() { ["shop.example"] = ["192.0.2.1"] });
        using var config = new ConfigFiles(
            """
            apiVersion: tidegate/v1
            kind: Provider
            metadata: { name: made-up }
            spec: { vendor: fake }
            ---
            apiVersion: tidegate/v1
            kind: Model
            metadata: { name: assistant }
            spec: { targets: [ { provider: made-up, model: echo } ], consumers: [ tests ] }
            ---
            apiVersion: tidegate/v1
            kind: Model
            metadata: { name: broken }
            spec: { targets: [ { provider: made-up, model: "echo?status=503" } ] }
            """,
            ConfigFiles.Consumer(),
            ConfigFiles.Service("shop", web.Address),
            Slo("by-http", $"type: http, target: \"{web.Address}healthz\", expect: {{ status: [200], contains: ok }}"),
            Slo("by-tcp", $"type: tcp, target: \"{web.Address.Authority}\""),
            Slo("by-grpc", $"type: grpc, target: \"{grpc.Address.Authority}\""),
            Slo("by-dns", $"type: dns, target: shop.example, server: \"{names.Address}\", expect: {{ records: [192.0.2.1] }}"),
            Slo("by-model", "type: model, target: assistant, prompt: Say OK, expect: { contains: OK }"),
            Slo("by-broken-model", "type: model, target: broken, interval: 10s, timeout: 8s"));
        using var data = new TempDirectory();
        await using var node = await TidegateProcess.ServeAsync(new() { Data = data.Path, Config = config.Path });

        await Eventually.HoldsAsync(async () => Assert.Equal(["dns good", "grpc good", "http good", "model bad", "model good", "tcp good"], await ProbesAsync(node)), Soon);
        var broken = (await node.Api.GetAsync("indicators/probes"))["items"]!.AsArray().Single(p => (string)p!["target"]! == "broken")!;
        Assert.Contains("503", (string)broken["problem"]!, StringComparison.Ordinal);

        Volatile.Write(ref status, 500);
        grpc.Healthy = false;
        names.IsSilent = true;
        await Eventually.HoldsAsync(async () => Assert.Equal(["dns bad", "grpc bad", "http bad", "model bad", "model good", "tcp good"], await ProbesAsync(node)), Soon);
        // What went wrong stands with the objective, and its budget burns.
        await Eventually.HoldsAsync(
            async () =>
            {
                var objective = await node.Api.GetAsync("objectives/by-http");
                Assert.Contains("answered 500, expected 200", (string)objective["reason"]!, StringComparison.Ordinal);
                Assert.True((double)objective["bad"]! > 0, objective.ToJsonString());
                Assert.NotEqual("no_data", (string)objective["state"]!);
            },
            Soon);

        // They are nobody's calls.
        Assert.Empty((await node.Api.GetAsync("calls"))["items"]!.AsArray());
        Assert.DoesNotContain("tidegate_calls_total{", await node.Api.MetricsAsync(), StringComparison.Ordinal);
        await node.StopAsync();
    }

    private static async Task<IReadOnlyList<string>> ProbesAsync(TidegateProcess node) =>
        [.. (await node.Api.GetAsync("indicators/probes"))["items"]!.AsArray().Select(p => $"{p!["type"]} {(bool?)p["good"] switch { true => "good", false => "bad", _ => "not yet" }}").Order(StringComparer.Ordinal)];

    private static string Slo(string name, string probe) => $$"""
        apiVersion: openslo/v1
        kind: SLO
        metadata: { name: {{name}} }
        spec:
          service: shop
          budgetingMethod: Occurrences
          timeWindow: [ { duration: 30d, isRolling: true } ]
          objectives: [ { target: 0.9 } ]
          indicator:
            metadata: { name: {{name}} }
            spec: { ratioMetric: { rawType: success, raw: { metricSource: { type: probe, spec: { {{(probe.Contains("interval", StringComparison.Ordinal) ? "" : "interval: 2s, timeout: 1500ms, ")}}{{probe}} } } } } }
        """;
}
