using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Tidegate.Core.Calls;
using Tidegate.Core.Resources.Services;
using Tidegate.Tests.Gateway.Support;

namespace Tidegate.Tests.Gateway.Request.Forward;

/// <summary>Trailers as far as server and client have them (docs/specs/requests.md): what cannot be passed on is dropped, never promised, and never breaks a call.</summary>
public sealed class TrailerTests
{
    private const string Chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n4\r\nbody\r\n0\r\nX-Sum: 42\r\n\r\n";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Response_ToHttp2_TrailersAndTheirAnnouncementArrive()
    {
        await using var upstream = RawUpstream.Answer(Chunked);
        await using var gateway = await TestGateway.StartAsync(Config.Single(upstream.Address));
        using var client = gateway.NewClient(version: HttpVersion.Version20);

        using var response = await client.GetAsync("/", Cancel);

        Assert.Equal(("body", "42"), (await response.Content.ReadAsStringAsync(Cancel), response.TrailingHeaders.GetValues("X-Sum").Single()));
        Assert.Equal("X-Sum", response.Headers.Trailer.Single());
    }

    [Theory]
    [InlineData("TE: trailers\r\nConnection: TE\r\n")]
    [InlineData("")]
    public async Task Response_ToHttp1_TrailersAreDroppedAndNotPromised(string te)
    {
        await using var upstream = RawUpstream.Answer(Chunked);
        await using var gateway = await TestGateway.StartAsync(Config.Single(upstream.Address));

        var response = await gateway.RawAsync($"GET / HTTP/1.1\r\nHost: a\r\n{te}\r\n");

        Assert.Equal(("body", "", true), (response.Body, response.Trailers, response.Complete));
        Assert.Null(response.Header("Trailer"));
    }

    [Fact]
    public async Task Request_OfHttp1Chunks_TrailersAreDroppedAndNotPromised()
    {
        var seen = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var upstream = RawUpstream.Start(async c =>
        {
            var head = await c.ReadHeadAsync();
            seen.TrySetResult(head + await c.ReadUntilAsync("0\r\n\r\n"));
            await c.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        });
        await using var gateway = await TestGateway.StartAsync(Config.Single(upstream.Address));

        var response = await gateway.RawAsync("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n4\r\nbody\r\n0\r\nX-Sum: 42\r\n\r\n");

        Assert.Equal(200, response.Status);
        var sent = await seen.Task;
        Assert.EndsWith("4\r\nbody\r\n0\r\n\r\n", sent, StringComparison.Ordinal);
        Assert.DoesNotContain("X-Sum", sent, StringComparison.Ordinal);
        Assert.Equal((CallOutcome.Ok, 4L), (await gateway.Calls.NextAsync()) switch { var r => (r.Outcome, r.RequestBytes) });
    }

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task EarlyHints_AreNotPassedOnAndTheAnswerIs(string version)
    {
        await using var upstream = RawUpstream.Answer("HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\nHTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        await using var gateway = await TestGateway.StartAsync(Config.Single(upstream.Address));
        using var client = gateway.NewClient(version: Version.Parse(version));

        using var response = await client.GetAsync("/", Cancel);

        Assert.Equal((200, "ok"), ((int)response.StatusCode, await response.Content.ReadAsStringAsync(Cancel)));
        Assert.False(response.Headers.Contains("Link"));
        Assert.Equal((1, 200), (await gateway.Calls.NextAsync()) switch { var r => (r.AttemptCount, r.Status) });
    }
}
