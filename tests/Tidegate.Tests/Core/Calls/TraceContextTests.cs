using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Tidegate.Core.Calls;
using Tidegate.Core.Ports;
using Xunit;

namespace Tidegate.Tests.Core.Calls;

public sealed class TraceContextTests
{
    private const string Trace = "4bf92f3577b34da6a3ce929d0e0e4736", Span = "00f067aa0ba902b7";

    [Theory]
    [InlineData($"00-{Trace}-{Span}-01", true)]
    [InlineData($"00-{Trace}-{Span}-00", false)]
    [InlineData($"00-{Trace}-{Span}-ff", true)] // unknown flags are not an error
    [InlineData($"01-{Trace}-{Span}-01", true)] // a version after ours, same length
    [InlineData($"cc-{Trace}-{Span}-01-what-comes-later", true)]
    [InlineData($"cc-{Trace}-{Span}-01-", true)]
    public void TryParse_Valid_ReadsIt(string header, bool sampled)
    {
        Assert.True(TraceContext.TryParse(header, null, out var context));
        Assert.Equal((Trace, Span, sampled, ""), (TraceContext.Text(context.TraceId), TraceContext.Text(context.SpanId), context.Sampled, context.TraceState));
    }

    [Theory]
    [InlineData("")]
    [InlineData("00")]
    [InlineData($"00-{Trace}-{Span}")]
    [InlineData($"00-{Trace}-{Span}-0")]
    [InlineData($"00-{Trace}-{Span}-01-")] // version 00 has an end
    [InlineData($"00-{Trace}-{Span}-01-extra")]
    [InlineData($"cc-{Trace}-{Span}-01.extra")]
    [InlineData($"cc-{Trace}-{Span}-011")]
    [InlineData($"ff-{Trace}-{Span}-01")]
    [InlineData($"FF-{Trace}-{Span}-01")]
    [InlineData($"0x-{Trace}-{Span}-01")]
    [InlineData($"00-{Trace}-0000000000000000-01")]
    [InlineData($"00-00000000000000000000000000000000-{Span}-01")]
    [InlineData($"00-4BF92F3577B34DA6A3CE929D0E0E4736-{Span}-01")]
    [InlineData($"00-{Trace}-00F067AA0BA902B7-01")]
    [InlineData($"00-{Trace}-{Span}-0X")]
    [InlineData($"00_{Trace}-{Span}-01")]
    [InlineData($" 00-{Trace}-{Span}-01")]
    [InlineData($"00-{Trace}-{Span}-01,00-{Trace}-{Span}-01")] // two headers
    public void TryParse_Invalid_IsRefused(string header) => Assert.False(TraceContext.TryParse(header, "a=1", out _));

    [Fact]
    public void TryParse_InvalidState_KeepsTheTrace()
    {
        Assert.True(TraceContext.TryParse($"00-{Trace}-{Span}-01", "Not=valid", out var context));
        Assert.Equal("", context.TraceState);
    }

    [Property]
    public Property ToTraceparent_ParsedAgain_IsTheSame() => Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
    {
        var context = TraceContext.Start(new Seeded(seed), sampled: seed % 2 == 0);
        Assert.True(TraceContext.TryParse(context.ToTraceparent(), context.TraceState, out var again));
        Assert.Equal(context, again);
    });

    [Fact]
    public void ToTraceparent_LaterVersionWithUnknownFlags_IsVersion00WithKnownFlags()
    {
        Assert.True(TraceContext.TryParse($"cc-{Trace}-{Span}-ff-more", null, out var context));
        Assert.Equal($"00-{Trace}-{Span}-03", context.ToTraceparent());
    }

    [Fact]
    public void Child_OfATrace_ChangesOnlyTheSpan()
    {
        Assert.True(TraceContext.TryParse($"00-{Trace}-{Span}-01", "a=1", out var parent));

        var child = parent.Child(new Seeded(1));

        Assert.NotEqual(parent.SpanId, child.SpanId);
        Assert.Equal(parent, child with { SpanId = parent.SpanId });
    }

    [Fact]
    public void Start_RandomGivesZeroFirst_DrawsAgain()
    {
        var context = TraceContext.Start(new ZeroFirst(), sampled: false);
        Assert.True(context.TraceId != 0 && context.SpanId != 0);
    }

    [Fact]
    public void TryParse_WithState_DoesNotAllocate()
    {
        var header = $"00-{Trace}-{Span}-01";
        for (var i = 0; i < 100; i++) TraceContext.TryParse(header, "rojo=00f067aa0ba902b7,congo=t61rcWkgMzE", out _);

        var before = GC.GetAllocatedBytesForCurrentThread();
        TraceContext.TryParse(header, "rojo=00f067aa0ba902b7,congo=t61rcWkgMzE", out _);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private sealed class Seeded(int seed) : IRandomSource
    {
        private readonly Random _random = new(seed);

        public double NextDouble() => _random.NextDouble();

        public int Next(int exclusiveMax) => _random.Next(exclusiveMax);

        public void NextBytes(Span<byte> bytes) => _random.NextBytes(bytes);
    }

    private sealed class ZeroFirst : IRandomSource
    {
        private int _draws;

        public double NextDouble() => 0;

        public int Next(int exclusiveMax) => 0;

        public void NextBytes(Span<byte> bytes) => bytes.Fill((byte)(_draws++ % 2));
    }
}
