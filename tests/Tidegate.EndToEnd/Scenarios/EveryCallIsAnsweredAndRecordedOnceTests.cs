using System.Net.WebSockets;
using System.Text;
using Grpc.Core;
using Grpc.Net.Client;
using Tidegate.EndToEnd.Support;
using Tidegate.EndToEnd.Support.Peers;
using Tidegate.EndToEnd.Support.Tools;
using Tidegate.Tests.Support;

namespace Tidegate.EndToEnd.Scenarios;

/// <summary>
/// The main one. nginx, a gRPC server and a WebSocket server stand behind one Tidegate; curl, h2load, wrk, a gRPC library and a WebSocket library call
/// through it. What each client counted per status is what the call log and the metrics hold, route by route.
/// </summary>
[Collection(nameof(Alone))]
public sealed class EveryCallIsAnsweredAndRecordedOnceTests
{
    private static readonly string[] WithKey = ["--header", $"X-Api-Key: {ConfigFiles.Key}"];
    private static readonly string[] WithWrongKey = ["--header", "X-Api-Key: somebody-elses-key-with-plenty-of-entropy"];

    [Fact]
    public async Task CountsOfAllClients_EqualTheCallLogAndTheMetrics()
    {
        ExternalTool.Curl.Require();
        ExternalTool.H2Load.Require();
        ExternalTool.Wrk.Require();
        await using var nginx = await NginxPeer.StartAsync();
        await using var rpc = await GrpcPeer.StartAsync();
        await using var sockets = await WebSocketPeer.StartAsync();
        using var config = new ConfigFiles(
            ConfigFiles.Service("web", nginx.Address),
            ConfigFiles.Service("rpc", rpc.Address, "protocol: http2"),
            ConfigFiles.Service("sockets", sockets.Address),
            ConfigFiles.Consumer(),
            ConfigFiles.Route("files", "/files/{**rest}", "web"),
            ConfigFiles.Route("made", "/made/{status}", "web"),
            ConfigFiles.Route("keyed", "/keyed/{**rest}", "web", "rewrite: { stripPrefix: /keyed, addPrefix: /files }"),
            ConfigFiles.Route("limited", "/limited/{**rest}", "web", """
                rewrite: { path: /files/small.bin }
                identify: { anonymous: true }
                limits: [ { name: few, by: route, calls: 60, per: 1d } ]
                """),
            ConfigFiles.Route("rpc", "/measure.Measure/{method}", "rpc"),
            ConfigFiles.Route("chat", "/chat", "sockets"));
        using var data = new TempDirectory();
        await using var node = await TidegateProcess.ServeAsync(new() { Data = data.Path, Config = config.Path });
        Uri At(string path) => new(node.Traffic, path);

        var files = await Curl.CountAsync(At("/files/small.bin"), 25)
            + await Http2CurlAsync(At("/files/1m.bin"), 5)
            + await Curl.CountAsync(At("/files/10k.bin"), 5, "--range", "100-199")
            + await Curl.CountAsync(At("/files/none"), 7)
            + await H2Load.RunAsync(At("/files/10k.bin"), new(1000, 8) { Http1 = true })
            + await H2Load.RunAsync(At("/files/small.bin"), new(1500, 4) { Streams = 20 })
            + (await Wrk.RunAsync(At("/files/small.bin"), requests: 1500, connections: 16, seconds: 4)).Counts;
        Assert.Equal([200, 206, 404], files.Statuses);

        var made = await Curl.CountAsync(At("/made/201"), 3) + await Curl.CountAsync(At("/made/403"), 3) + await Curl.CountAsync(At("/made/501"), 3)
            + await H2Load.RunAsync(At("/made/500"), new(40, 2)) + await Curl.CountAsync(At("/made/201"), 2, "--data", "posted");
        Assert.Equal([201, 403, 500, 501], made.Statuses);

        var keyed = await Curl.CountAsync(At("/keyed/small.bin"), 4, WithKey) + await Curl.CountAsync(At("/keyed/small.bin"), 6) + await Curl.CountAsync(At("/keyed/small.bin"), 5, WithWrongKey)
            + (await Wrk.RunAsync(At("/keyed/10k.bin"), requests: 400, connections: 8, seconds: 2, WithKey[1])).Counts
            + await H2Load.RunAsync(At("/keyed/small.bin"), new(300, 3), WithKey[1].Replace("X-Api-Key", "x-api-key", StringComparison.Ordinal));
        Assert.Equal(11, keyed[401]);

        var limited = await H2Load.RunAsync(At("/limited/x"), new(400, 4)) + await Curl.CountAsync(At("/limited/x"), 3);
        Assert.Equal(60, limited[200]);
        Assert.Equal(343, limited[429]);

        var nowhere = await Curl.CountAsync(At("/no/such/route"), 9) + await H2Load.RunAsync(At("/nor/here"), new(50, 2));
        Assert.Equal(new((404, 59)), nowhere);

        var (calls, grpcStatuses) = await CallGrpcAsync(node.Traffic);
        var chat = await ChatAsync(node.Traffic);

        var log = new CallLog(node);
        (string Route, StatusCounts Seen)[] all = [("files", files), ("made", made), ("keyed", keyed), ("limited", limited), ("", nowhere), ("rpc", calls), ("chat", chat)];
        foreach (var (route, seen) in all) await log.AgreesAsync(route, seen);
        foreach (var (route, seen) in all) Assert.Equal((route, seen.ToString()), (route, Metrics.Calls(await node.Api.MetricsAsync(), route).ToString()));

        // gRPC says in a trailer how a call ended; that must be recorded too.
        Assert.Equal(grpcStatuses.ToString(), (await log.CountsAsync("grpcStatus", "route=rpc")).ToString());
        Assert.Equal(all.Sum(a => a.Seen.Total), await log.CountAsync());

        await node.StopAsync();
    }

    // One call per run: this curl (7.88) breaks its own second call on a kept connection with prior knowledge.
    private static async Task<StatusCounts> Http2CurlAsync(Uri url, int times)
    {
        var counts = new StatusCounts();
        for (var i = 0; i < times; i++)
        {
            var answer = await Curl.CallAsync(url, "--http2-prior-knowledge", "--output", "/dev/null");
            Assert.Equal(("2", 1_048_576), (answer.HttpVersion, answer.Size));
            counts.Add(answer.Status);
        }

        return counts;
    }

    private static async Task<(StatusCounts Http, StatusCounts Grpc)> CallGrpcAsync(Uri traffic)
    {
        var cancel = TestContext.Current.CancellationToken;
        using var channel = GrpcChannel.ForAddress(traffic);
        var client = new Measure.MeasureClient(channel);
        var ended = new StatusCounts();

        for (var i = 0; i < 100; i++) Assert.Equal(i, (await client.EchoAsync(new() { Text = "hello", Number = i }, cancellationToken: cancel)).Number);
        ended.Add((int)StatusCode.OK, 100);

        foreach (var status in new[] { StatusCode.NotFound, StatusCode.InvalidArgument, StatusCode.Internal })
        {
            for (var i = 0; i < 5; i++)
            {
                var failure = await Assert.ThrowsAsync<RpcException>(async () => await client.EchoAsync(new() { Text = "no", Status = (int)status }, cancellationToken: cancel));
                Assert.Equal((status, "as asked: no"), (failure.StatusCode, failure.Status.Detail));
            }

            ended.Add((int)status, 5);
        }

        using (var countdown = client.CountDown(new() { Text = "t", Number = 200 }, cancellationToken: cancel))
        {
            Assert.Equal(200, await countdown.ResponseStream.ReadAllAsync(cancel).CountAsync(cancel));
        }

        using (var countdown = client.CountDown(new() { Number = 3, Status = (int)StatusCode.DataLoss }, cancellationToken: cancel))
        {
            var failure = await Assert.ThrowsAsync<RpcException>(async () => await countdown.ResponseStream.ReadAllAsync(cancel).CountAsync(cancel));
            Assert.Equal(StatusCode.DataLoss, failure.StatusCode);
        }

        using (var sum = client.Sum(cancellationToken: cancel))
        {
            for (var i = 1; i <= 100; i++) await sum.RequestStream.WriteAsync(new() { Number = i }, cancel);
            await sum.RequestStream.CompleteAsync();
            Assert.Equal(5050, (await sum).Number);
        }

        using (var talk = client.Converse(cancellationToken: cancel))
        {
            // One answer per message, while both directions stay open: nothing between may hold messages back.
            for (var i = 0; i < 20; i++)
            {
                await talk.RequestStream.WriteAsync(new() { Number = i }, cancel);
                Assert.True(await talk.ResponseStream.MoveNext(cancel));
                Assert.Equal(i, talk.ResponseStream.Current.Number);
            }

            await talk.RequestStream.CompleteAsync();
            Assert.False(await talk.ResponseStream.MoveNext(cancel));
        }

        ended.Add((int)StatusCode.OK, 3).Add((int)StatusCode.DataLoss);
        return (new((200, ended.Total)), ended);
    }

    private static async Task<StatusCounts> ChatAsync(Uri traffic)
    {
        var cancel = TestContext.Current.CancellationToken;
        var address = new UriBuilder(traffic) { Scheme = "ws", Path = "/chat" }.Uri;
        for (var i = 0; i < 5; i++)
        {
            using var socket = new ClientWebSocket();
            await socket.ConnectAsync(address, cancel);
            foreach (var size in new[] { 1, 125, 126, 65_536, 300_000 })
            {
                var sent = Encoding.ASCII.GetBytes(new string((char)('a' + i), size));
                await socket.SendAsync(sent, WebSocketMessageType.Text, endOfMessage: true, cancel);
                Assert.Equal(sent, await ReceiveAsync(socket, cancel));
            }

            await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "done", cancel);
            Assert.Equal(WebSocketCloseStatus.NormalClosure, socket.CloseStatus);
        }

        return new((101, 5));
    }

    private static async Task<byte[]> ReceiveAsync(WebSocket socket, CancellationToken cancel)
    {
        var buffer = new byte[512 * 1024];
        var length = 0;
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(length), cancel);
            length += part.Count;
            if (part.EndOfMessage) return buffer[..length];
        }
    }
}
