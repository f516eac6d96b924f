using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Tidegate.Core.Calls;
using Tidegate.Insight.Bodies;
using Tidegate.Insight.Bodies.Files;
using Tidegate.Insight.Bodies.Writing;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Insight.Bodies;

/// <summary>A real log of bodies in a directory of its own, with a clock that can be moved.</summary>
internal sealed class TestBodies : IAsyncDisposable
{
    public static readonly DateTimeOffset Noon = new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero);

    private readonly TempDirectory? _directory;

    private TestBodies(BodiesOptions options, TempDirectory? directory, DateTimeOffset now)
    {
        (Options, _directory, Time) = (options, directory, new FakeTimeProvider(now));
        Sink = new BodySink(options);
        Health = new BodiesHealth(Sink, Time);
        Archive = new BodyArchive(options, Time, NullLogger<BodyArchive>.Instance);
        Writer = new BodyWriter(options, Sink, Archive, Health, Time, NullLogger<BodyWriter>.Instance);
        Store = new BodyStore(Archive, Writer);
    }

    public BodiesOptions Options { get; }

    public FakeTimeProvider Time { get; }

    public BodySink Sink { get; }

    public BodiesHealth Health { get; }

    public BodyArchive Archive { get; }

    public BodyWriter Writer { get; }

    public BodyStore Store { get; }

    public static async Task<TestBodies> StartAsync(Func<BodiesOptions, BodiesOptions>? change = null, string? directory = null, DateTimeOffset? now = null)
    {
        var own = directory is null ? new TempDirectory() : null;
        var options = new BodiesOptions { Directory = directory ?? own!.Combine("bodies"), RetryEvery = TimeSpan.FromMilliseconds(20) };
        var bodies = new TestBodies(change?.Invoke(options) ?? options, own, now ?? Noon);
        await bodies.Writer.StartAsync(TestContext.Current.CancellationToken);
        await bodies.WrittenAsync();
        return bodies;
    }

    /// <summary>Bodies as the gateway hands them over: their room is taken.</summary>
    public SomeBodies Make(string consumer = "app", string request = "what is said", string answer = "what is answered")
    {
        Assert.True(Sink.TryReserve(1000));
        return new SomeBodies(new KeptBody("application/json", request.Length, request, false, ""), new KeptBody("application/json", answer.Length, answer, false, ""))
        {
            Id = Guid.CreateVersion7(Time.GetUtcNow()), StartedAt = Time.GetUtcNow(), Consumer = consumer, Reserved = 1000,
        };
    }

    /// <summary>Writes bodies and waits until they are on disk.</summary>
    public async Task<SomeBodies> WriteAsync(SomeBodies bodies)
    {
        Sink.Write(bodies);
        await WrittenAsync();
        return bodies;
    }

    /// <summary>Everything queued so far is on disk, or given up.</summary>
    public Task WrittenAsync() => Writer.AfterWritingAsync(() => true);

    public async Task StopAsync() => await Writer.StopAsync(CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Writer.Dispose();
        _directory?.Dispose();
    }

    /// <summary>Bodies that are what they are.</summary>
    internal sealed class SomeBodies(KeptBody request, KeptBody answer) : CallBodies
    {
        public bool Faulty { get; init; }

        public override KeptBody Request() => Faulty ? throw new InvalidOperationException("a fault") : request;

        public override KeptBody Answer() => answer;
    }
}
