using System.IO.Pipelines;
using System.Text;
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
    [InlineData(40_000, 65_536)]
    [InlineData(40_000, 0)]
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
        body.Begin(pipe.Reader, length, 0, keepUpTo, asksFirst: false);
        await using var upstream = new CountingStream();

        var attempt = new Attempt(TimeProvider.System, new DrainState());
        await body.ReadShortAsync(attempt, Cancel);
        await body.CopyToAsync(upstream, attempt, Cancel);

        Assert.Equal(sent, upstream.ToArray());
        Assert.InRange(upstream.Writes, 1, 1 + (length / 65_536));
        Assert.Equal((length, length <= keepUpTo), (body.BytesRead, body.CanBeSentAgain));
    }

    [Fact]
    public async Task ShortBody_ThatComesInPieces_GoesOnInOneWrite_WhenItIsThere()
    {
        var pipe = new Pipe();
        using var body = new RequestBody();
        body.Begin(pipe.Reader, 6, 0, 0, asksFirst: false);
        await using var upstream = new CountingStream();
        var attempt = new Attempt(TimeProvider.System, new DrainState());
        var reading = body.ReadShortAsync(attempt, Cancel).AsTask();
        await pipe.Writer.WriteAsync("abc"u8.ToArray(), Cancel);
        await pipe.Writer.WriteAsync("def"u8.ToArray(), Cancel);
        Assert.False(reading.IsCompleted);
        await pipe.Writer.CompleteAsync();

        await reading;
        Assert.True(body.CanBeSentAgain, "nothing was sent yet");
        await body.CopyToAsync(upstream, attempt, Cancel);
        Assert.False(body.CanBeSentAgain, "more than may be sent twice");

        Assert.Equal((1, "abcdef"), (upstream.Writes, Encoding.ASCII.GetString(upstream.ToArray())));
    }

    [Fact]
    public async Task BodyOfUnknownLength_GoesOnAsItComes()
    {
        var pipe = new Pipe();
        using var body = new RequestBody();
        body.Begin(pipe.Reader, null, 0, 65_536, asksFirst: false);
        await using var upstream = new CountingStream();
        var copying = body.CopyToAsync(upstream, new Attempt(TimeProvider.System, new DrainState()), Cancel);
        await pipe.Writer.WriteAsync("abc"u8.ToArray(), Cancel);
        await upstream.Flushed.WaitAsync(TimeSpan.FromSeconds(30), Cancel);

        Assert.Equal("abc", Encoding.ASCII.GetString(upstream.ToArray()));
        await pipe.Writer.CompleteAsync();
        await copying;
    }

    private sealed class CountingStream : MemoryStream
    {
        private readonly TaskCompletionSource _flushed = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int Writes { get; private set; }

        /// <summary>Something was written and flushed.</summary>
        public Task Flushed => _flushed.Task;

        public override Task FlushAsync(CancellationToken cancellationToken)
        {
            if (Writes > 0) _flushed.TrySetResult();
            return Task.CompletedTask;
        }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Writes++;
            return base.WriteAsync(buffer, cancellationToken);
        }
    }
}
