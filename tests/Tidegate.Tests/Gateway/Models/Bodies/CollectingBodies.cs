using System.Threading.Channels;
using Tidegate.Core.Calls;
using Tidegate.Core.Ports;

namespace Tidegate.Tests.Gateway.Models.Bodies;

/// <summary>A sink of bodies that keeps what it is given, as it would be written down.</summary>
internal sealed class CollectingBodies : IBodySink
{
    private readonly Channel<(KeptBody Request, KeptBody Answer, CallBodies Bodies)> _kept = Channel.CreateUnbounded<(KeptBody, KeptBody, CallBodies)>();
    private int _asked, _reserved;

    /// <summary>True has no room.</summary>
    public bool Full { get; set; }

    /// <summary>How often room was asked for.</summary>
    public int Asked => Volatile.Read(ref _asked);

    /// <summary>Room that is taken.</summary>
    public int Reserved => Volatile.Read(ref _reserved);

    /// <summary>Nothing more was kept.</summary>
    public bool IsEmpty => _kept.Reader.Count == 0;

    public bool TryReserve(int bytes)
    {
        Interlocked.Increment(ref _asked);
        if (Full) return false;
        Interlocked.Add(ref _reserved, bytes);
        return true;
    }

    public void Release(int bytes) => Interlocked.Add(ref _reserved, -bytes);

    public void Write(CallBodies bodies)
    {
        Release(bodies.Reserved);
        Assert.True(_kept.Writer.TryWrite((bodies.Request(), bodies.Answer(), bodies)));
    }

    /// <summary>The next bodies nobody has taken yet.</summary>
    public async Task<(KeptBody Request, KeptBody Answer, CallBodies Bodies)> NextAsync()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        return await _kept.Reader.ReadAsync(limit.Token);
    }
}
