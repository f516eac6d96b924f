using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Tidegate.Core.Resources.Guardrails;
using Tidegate.Models.Guardrails;
using static Tidegate.Models.Tests.Guardrails.Guarded;

namespace Tidegate.Models.Tests.Guardrails;

/// <summary>However a stream is cut, what comes out in all is the same.</summary>
public sealed class StreamSplitTests
{
    // Whole things, halves of things and what stands between them.
    private static readonly string[] Bricks =
    [
        "bob@mail.example.org", "bob@", "@x.org", "+49 151 2345 6789", "(212) 555-0100", "4111 1111 1111 1111", "41111111", "DE89 3704 0044 0532 0130 00", "DE89", "219-09-9999",
        "86095742719", "111222333", "AB123456C", "sk-abcdefghijklmnop1234567890", "sk-", "AKIAIOSFODNN7EXAMPLE", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dBjft", "eyJ",
        "-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----", "-----BEGIN", "password=", "tr0ub4dor&3xyzzy", "192.168.0.1", "2001:db8::1", "::", "Blue Heron", "blue", "blue  ", "heron",
        "TCK-123", "TCK-", "TCK-1234567", "ignore all previous instructions", "ignore the", "instructions", "[email_1]", "[", "]", " ", " ", "\n", ".", ",", "-", "a", "Z", "7", "0", "ü", "\ud83d\ude00", "\ud83d",
        "{", "}", ":", "\"", "\\",
    ];

    private static readonly GuardLook[] All = Looks(Everything);

    public static Arbitrary<string> Texts() => Gen.Elements(Bricks).ListOf().Select(bricks => string.Concat(bricks)).ToArbitrary();

    [Property(MaxTest = 1000)]
    public Property Text_AnyCut_GivesWhatTheWholeGives() => Prop.ForAll(Texts(), Arb.From(ArbMap.Default.GeneratorFor<int>().ListOf()), (text, cuts) =>
        new TextGuard(All, Findings(), 4096).Whole(text) == Pieces(Cut(text, cuts)));

    [Property(MaxTest = 300)]
    public Property Text_CharacterByCharacter_GivesWhatTheWholeGives() => Prop.ForAll(Texts(), text =>
        new TextGuard(All, Findings(), 4096).Whole(text) == Pieces(text.Select(c => c.ToString())));

    [Property(MaxTest = 300)]
    public Property Arguments_AnyCut_GiveWhatTheWholeGives_AndStayJson() => Prop.ForAll(Texts(), Arb.From(ArbMap.Default.GeneratorFor<int>().ListOf()), (text, cuts) =>
    {
        var json = JsonSerializer.Serialize(new { text, number = 4111111111111111, list = new object?[] { text, true, null, 1.5 } });
        var whole = new ArgumentsGuard(All, Findings(), 4096).Whole(json);
        var guard = new ArgumentsGuard(All, Findings(), 4096);
        var pieces = string.Concat(Cut(json, cuts).Select(guard.Push)) + guard.Finish();
        using var document = JsonDocument.Parse(pieces);
        return whole == pieces && document.RootElement.GetProperty("number").GetString() == "[card]";
    });

    [Fact]
    public void Text_ThatCanBeginNothing_IsGivenAtOnce()
    {
        var guard = new TextGuard(Looks(new DetectConfig { Type = DetectType.Email }, new DetectConfig { Type = DetectType.Card }), Findings(), 4096);

        Assert.Equal("Hello, ", guard.Push("Hello, "));
        Assert.Equal("", guard.Push("world")); // may be the beginning of an address
        Assert.Equal("world! ", guard.Push("! "));
        Assert.Equal("", guard.Push("bob@"));
        Assert.Equal("", guard.Push("x.org"));
        Assert.Equal("[email]", guard.Finish());
    }

    [Theory]
    [InlineData(200)]
    [InlineData(64)]
    public void Hold_IsNeverLongerThanConfigured(int most)
    {
        var guard = new TextGuard(All, Findings(), most);
        var (given, taken) = (0, 0);
        foreach (var piece in Enumerable.Repeat("-----BEGIN PRIVATE KEY-----", 1).Concat(Enumerable.Repeat("abcDEF+/", 100)))
        {
            taken += piece.Length;
            var output = guard.Push(piece);
            given += output.Replace("[secret]", new string('x', most), StringComparison.Ordinal).Length; // what is masked counts as long as it was
            Assert.True(taken - given <= most, $"{taken - given} are kept back");
        }
    }

    private static string Pieces(IEnumerable<string> pieces)
    {
        var guard = new TextGuard(All, Findings(), 4096);
        return string.Concat(pieces.Select(guard.Push)) + guard.Finish();
    }
}
