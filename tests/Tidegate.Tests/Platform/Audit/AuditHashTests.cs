using FsCheck.Xunit;
using Tidegate.Platform.Audit;
using Tidegate.Platform.Audit.Chain;

namespace Tidegate.Tests.Platform.Audit;

public sealed class AuditHashTests
{
    private static readonly AuditRow Row = new()
    {
        Sequence = 1,
        Time = new DateTimeOffset(2026, 3, 1, 2, 3, 4, TimeSpan.Zero).AddMicroseconds(5),
        ActorKind = "user",
        Actor = "ada",
        Credential = "s_1",
        Address = "192.0.2.7",
        Action = "config.apply",
        Target = "revision/1",
        After = "{\"routes\":2}",
        Hash = "",
    };

    /// <summary>The example of docs/specs/audit.md, computed there by another program: the format must never change by accident.</summary>
    [Fact]
    public void Of_ExampleOfTheSpecification_IsThisHash()
    {
        var genesis = AuditHash.Genesis("00112233445566778899aabbccddeeff");

        Assert.Equal("2c189d30a229a7ab37d428b41592af45079ea70ea1ed15b92e6ee1b41342a3c0", genesis);
        Assert.Equal("2240ef30fdc951d1ed43e9d940d8cb76c4736df87ec039dcad6725c78b6ed7e9", AuditHash.Of(genesis, Row));
    }

    [Property]
    public void Of_TextMovedBetweenFields_Differs(string first, string second)
    {
        if (first.Length == 0) return;
        var moved = Row with { Actor = first[..^1], Credential = first[^1] + second };

        Assert.NotEqual(AuditHash.Of("", Row with { Actor = first, Credential = second }), AuditHash.Of("", moved));
    }

    [Fact]
    public void Of_NullAndEmpty_Differ() =>
        Assert.NotEqual(AuditHash.Of("", Row with { Before = null }), AuditHash.Of("", Row with { Before = "" }));

    [Fact]
    public void TryParse_Anchor_RoundTrips()
    {
        var anchor = new AuditAnchor(12, new string('a', 64));

        Assert.True(AuditAnchor.TryParse(anchor.ToString(), out var parsed));
        Assert.Equal(anchor, parsed);
        Assert.All(["", "12", "0:" + anchor.Hash, "x:" + anchor.Hash, "12:abc", "12:" + anchor.Hash + "00"], text => Assert.False(AuditAnchor.TryParse(text, out _)));
    }
}
