using Microsoft.AspNetCore.Http;
using Tidegate.Tests.Gateway.Support;

namespace Tidegate.Tests.Gateway.Request.Forward;

/// <summary>An answer that takes more than one buffer arrives to its last byte, while the connection stays open.</summary>
public sealed class LongAnswerTests
{
    [Theory]
    [InlineData(16_384)]
    [InlineData(16_385)]
    [InlineData(100_000)]
    [InlineData(1_000_003)]
    public async Task OfKnownLength_ArrivesToItsLastByte_WithoutTheConnectionBeingClosed(int size)
    {
        await using var upstream = await TestUpstream.StartAsync(async c =>
        {
            c.Response.ContentLength = size;
            for (var sent = 0; sent < size; sent += 9_999) await c.Response.WriteAsync(new string('x', Math.Min(9_999, size - sent)));
        });
        await using var gateway = await TestGateway.StartAsync(Config.Single(upstream.Address));
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(60)); // the server closes idle connections after 130 s, and flushes then

        for (var i = 0; i < 3; i++) Assert.Equal(size, (await (await gateway.GetAsync("/")).Content.ReadAsByteArrayAsync(limit.Token)).Length);
    }
}
