using System.Collections.Concurrent;
using System.Globalization;
using Grpc.Core;
using Grpc.Net.Client;
using Tidegate.EndToEnd.Support;
using Tidegate.EndToEnd.Support.Peers;
using Tidegate.EndToEnd.Support.Tools;
using Tidegate.Tests.Support;

namespace Tidegate.EndToEnd.Scenarios;

/// <summary>gRPC as its callers know it: a Grpc.AspNetCore server behind the gateway, Grpc.Net.Client in front of it.</summary>
public sealed class GrpcTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Health_ReplicaTurnsNotServing_GetsNoMoreCallsUntilItServesAgain()
    {
        await using var steady = await GrpcPeer.StartAsync();
        await using var moody = await GrpcPeer.StartAsync();
        await using var gateway = await StartAsync($$"""
            apiVersion: tidegate/v1
            kind: Service
            metadata: { name: rpc }
            spec:
              protocol: http2
              destinations:
                - { name: steady, address: "{{steady.Address.GetLeftPart(UriPartial.Authority)}}" }
                - { name: moody, address: "{{moody.Address.GetLeftPart(UriPartial.Authority)}}" }
              balancing: { policy: roundRobin }
              health:
                active: { type: grpc, interval: 200ms, timeout: 20s, healthyAfter: 1, unhealthyAfter: 1 }
            """);
        await Eventually.IsTrueAsync(async () => await ServedAsync(gateway.Client, moody), TimeSpan.FromSeconds(60), "both replicas are called");

        moody.Healthy = false;
        await Eventually.IsTrueAsync(async () => await HealthAsync(gateway.Node, "moody") == "unhealthy", TimeSpan.FromSeconds(60), "the check finds NOT_SERVING");
        var (before, steadyBefore) = (moody.Calls, steady.Calls);
        for (var i = 0; i < 40; i++) await gateway.Client.EchoAsync(new() { Number = i }, cancellationToken: Cancel);
        Assert.Equal((before, steadyBefore + 40), (moody.Calls, steady.Calls));

        moody.Healthy = true;
        await Eventually.IsTrueAsync(async () => await ServedAsync(gateway.Client, moody), TimeSpan.FromSeconds(60), "it is called again");
    }

    [Fact]
    public async Task Deadline_IsPassedOnReduced_AndItsEndIsSeenAsDeadlineExceeded()
    {
        await using var rpc = await GrpcPeer.StartAsync();
        await using var gateway = await StartAsync(ConfigFiles.Service("rpc", rpc.Address, """
            protocol: http2
            resilience: { deadline: 10s, bulkhead: { maxConcurrent: 1, queue: 10 } }
            """));

        // One place, held by an open stream: the call behind it waits at the gateway, and that time is the service's no more.
        using var first = gateway.Client.Converse(cancellationToken: Cancel);
        await first.RequestStream.WriteAsync(new() { Number = 1 }, Cancel);
        Assert.True(await first.ResponseStream.MoveNext(Cancel));
        var second = gateway.Client.EchoAsync(new() { Text = "x" }, deadline: DateTime.UtcNow.AddSeconds(60), cancellationToken: Cancel);
        await Task.Delay(TimeSpan.FromSeconds(2), Cancel);
        await first.RequestStream.CompleteAsync();
        await second;
        Assert.EndsWith("m", rpc.LastTimeout, StringComparison.Ordinal);
        Assert.InRange(int.Parse(rpc.LastTimeout![..^1], CultureInfo.InvariantCulture), 1, Milliseconds(gateway.Sent.Timeouts.Last()) - 1);

        var late = await Assert.ThrowsAsync<RpcException>(async () =>
            await gateway.Client.EchoAsync(new() { DelayMs = 120_000 }, deadline: DateTime.UtcNow.AddSeconds(3), cancellationToken: Cancel));
        Assert.Equal(StatusCode.DeadlineExceeded, late.StatusCode);

        // The caller set none: the service's own deadline is told by the gateway, in words of gRPC.
        var unasked = await Assert.ThrowsAsync<RpcException>(async () => await gateway.Client.EchoAsync(new() { DelayMs = 120_000 }, cancellationToken: Cancel));
        Assert.Equal(StatusCode.DeadlineExceeded, unasked.StatusCode);
        Assert.Contains("did not answer in time", unasked.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stream_BothWays_EachMessageIsPassedOnWhileBothSidesStayOpen()
    {
        await using var rpc = await GrpcPeer.StartAsync();
        await using var gateway = await StartAsync(ConfigFiles.Service("rpc", rpc.Address, "protocol: http2"));

        // Several talks on one connection at once, each in step: held back messages would stop them all.
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async talker =>
        {
            using var talk = gateway.Client.Converse(cancellationToken: Cancel);
            for (var i = 0; i < 25; i++)
            {
                await talk.RequestStream.WriteAsync(new() { Text = new string('x', i * 1_000), Number = (talker * 100) + i }, Cancel);
                Assert.True(await talk.ResponseStream.MoveNext(Cancel));
                Assert.Equal(((talker * 100) + i, i * 1_000), (talk.ResponseStream.Current.Number, talk.ResponseStream.Current.Text.Length));
            }

            await talk.RequestStream.CompleteAsync();
            Assert.False(await talk.ResponseStream.MoveNext(Cancel));
            Assert.Equal(StatusCode.OK, talk.GetStatus().StatusCode);
        }));
        await new CallLog(gateway.Node).AgreesAsync("rpc", new((200, 8)));
    }

    [Fact]
    public async Task Body_OverMaxBodySize_EndsResourceExhausted_InOneMessageAndInAStream()
    {
        await using var rpc = await GrpcPeer.StartAsync();
        await using var gateway = await StartAsync(ConfigFiles.Service("rpc", rpc.Address, "protocol: http2"), "identify: { anonymous: true }\nmaxBodySize: 64KiB");

        Assert.Equal(1, (await gateway.Client.EchoAsync(new() { Text = new string('x', 60_000), Number = 1 }, cancellationToken: Cancel)).Number);
        var once = await Assert.ThrowsAsync<RpcException>(async () => await gateway.Client.EchoAsync(new() { Text = new string('x', 70_000) }, cancellationToken: Cancel));
        Assert.Equal(StatusCode.ResourceExhausted, once.StatusCode);

        using var talk = gateway.Client.Converse(cancellationToken: Cancel);
        var streamed = await Assert.ThrowsAsync<RpcException>(async () =>
        {
            for (var i = 0; i < 1_000; i++)
            {
                await talk.RequestStream.WriteAsync(new() { Text = new string('x', 10_000) }, Cancel);
                if (!await talk.ResponseStream.MoveNext(Cancel)) break;
            }
        });
        Assert.Equal(StatusCode.ResourceExhausted, streamed.StatusCode);
        Assert.Equal(2, (await gateway.Client.EchoAsync(new() { Number = 2 }, cancellationToken: Cancel)).Number); // the connection goes on
    }

    private static async Task<bool> ServedAsync(Measure.MeasureClient client, GrpcPeer peer)
    {
        var before = peer.Calls;
        for (var i = 0; i < 4; i++) await client.EchoAsync(new() { Number = i }, cancellationToken: Cancel);
        return peer.Calls > before;
    }

    private static async Task<string> HealthAsync(TidegateProcess node, string destination) =>
        (string)(await node.Api.GetAsync("status"))["destinations"]!.AsArray().Single(other => (string)other!["destination"]! == destination)!["health"]!;

    private static async Task<Gateway> StartAsync(string service, string route = "identify: { anonymous: true }")
    {
        var config = new ConfigFiles(service, ConfigFiles.Route("rpc", "/measure.Measure/{method}", "rpc", route));
        var data = new TempDirectory();
        return new(await TidegateProcess.ServeAsync(new() { Data = data.Path, Config = config.Path }), config, data);
    }

    // At most eight digits and a unit: Grpc.Net.Client takes the coarsest that fits.
    private static int Milliseconds(string timeout)
    {
        var number = long.Parse(timeout[..^1], CultureInfo.InvariantCulture);
        return (int)(timeout[^1] switch { 'n' => number / 1_000_000, 'u' => number / 1_000, 'm' => number, 'S' => number * 1_000, 'M' => number * 60_000, var unit => throw new FormatException($"unit {unit}") });
    }

    /// <summary>A node, and a channel to it that notes the deadlines it sends.</summary>
    private sealed class Gateway : IAsyncDisposable
    {
        private readonly ConfigFiles _config;
        private readonly TempDirectory _data;
        private readonly GrpcChannel _channel;

        public Gateway(TidegateProcess node, ConfigFiles config, TempDirectory data)
        {
            (Node, _config, _data) = (node, config, data);
            _channel = GrpcChannel.ForAddress(node.Traffic, new() { HttpHandler = Sent, DisposeHttpClient = true });
            Client = new(_channel);
        }

        public TidegateProcess Node { get; }

        public Measure.MeasureClient Client { get; }

        public Sent Sent { get; } = new();

        public async ValueTask DisposeAsync()
        {
            _channel.Dispose();
            await Node.DisposeAsync();
            _config.Dispose();
            _data.Dispose();
        }
    }

    private sealed class Sent() : DelegatingHandler(new SocketsHttpHandler { UseProxy = false })
    {
        public ConcurrentQueue<string> Timeouts { get; } = new();

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.Headers.TryGetValues("grpc-timeout", out var timeout)) Timeouts.Enqueue(timeout.Single());
            return base.SendAsync(request, cancellationToken);
        }
    }
}
