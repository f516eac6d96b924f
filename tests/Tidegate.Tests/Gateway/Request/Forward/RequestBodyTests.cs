using System.IO.Pipelines;
using Tidegate.Gateway.Request.Forward;
using Tidegate.Gateway.Request.Guard;

namespace Tidegate.Tests.Gateway.Request.Forward;

/// <summary>A request's body on its way to an upstream, without sockets: how many writes it takes.</summary>
public sealed class RequestBodyTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(10_240, 65_536)] // kept for another attempt
    [InlineData(10_240, 0)]
    [InlineData(200_000, 65_536)] // too large to be kept
    [InlineData(200_000, 1_000_000)]
    public async Task Body_ThatIsThereInManyBlocks_GoesOnInFewWrites_WholeAndInOrder(int length, int keepUpTo)
    {
        var sent = new byte[length];
        Random.Shared.NextBytes(sent);
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 0, minimumSegmentSize: 4096));
        for (var at = 0; at < length; at += 4000) await pipe.Writer.WriteAsync(sent.AsMemory(at, Math.Min(4000, length - at)), Cancel);
        await pipe.Writer.CompleteAsync();
        using var body = new RequestBody();
        body.Begin(pipe.Reader, length, 0, keepUpTo);
        await using var upstream = new CountingStream();

        await body.CopyToAsync(upstream, new Attempt(TimeProvider.System, new DrainState()), Cancel);

        Assert.Equal(sent, upstream.ToArray());
        Assert.InRange(upstream.Writes, 1, 1 + (length / 65_536));
        Assert.Equal((length, length <= keepUpTo), (body.BytesRead, body.CanBeSentAgain));
    }

    private sealed class CountingStream : MemoryStream
    {
        public int Writes { get; private set; }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Writes++;
            return base.WriteAsync(buffer, cancellationToken);
        }
    }
}
