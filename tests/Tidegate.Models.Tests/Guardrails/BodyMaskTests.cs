using System.Text;
using System.Text.Json.Nodes;
using Tidegate.Models.Guardrails;
using Tidegate.Models.Guardrails.Json;

namespace Tidegate.Models.Tests.Guardrails;

/// <summary>What of bodies may be written down.</summary>
public sealed class BodyMaskTests
{
    [Theory]
    [InlineData("""{"messages":[{"content":"use sk-abcdefghijklmnop1234567890 here"}]}""", """{"messages":[{"content":"use [secret] here"}]}""")]
    [InlineData("""{"user":"ghp_abcdefghijklmnopqrstuvwxyz0123456789"}""", """{"user":"[secret]"}""")]
    [InlineData("""{"tools":[{"description":"AKIAIOSFODNN7EXAMPLE"}]}""", """{"tools":[{"description":"[secret]"}]}""")]
    [InlineData("""{"input":{"api_key":"9f8e7d6c5b4a3210"}}""", """{"input":{"api_key":"[secret]"}}""")]
    [InlineData("""{"arguments":"{\"password\":\"Zx81-qP0w9e8r7t6\"}"}""", """{"arguments":"{\"password\":\"[secret]\"}"}""")]
    [InlineData("""{"c":"-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----\n!"}""", """{"c":"[secret]\n!"}""")]
    [InlineData("""{"c":"sk-abcdefgh\u0069jklmnop1234567890"}""", """{"c":"[secret]"}""")]
    [InlineData("use sk-abcdefghijklmnop1234567890", "use \"[secret]\"")]
    [InlineData("""{"c":"nothing of this kind","n":[1.50,true,null]}""", """{"c":"nothing of this kind","n":[1.50,true,null]}""")]
    public void Secrets_AreMaskedWhereverTheyStand(string text, string expected) => Assert.Equal(expected, new BodyMask(null).Of(text));

    [Theory]
    [InlineData("tgk_")]
    [InlineData("tgt_")]
    [InlineData("tgs_")]
    public void Secrets_OurOwnToo(string prefix) =>
        Assert.Equal("""{"c":"my key is [secret]"}""", new BodyMask(null).Of($$"""{"c":"my key is {{prefix}}{{new string('a', 43)}}012345"}"""));

    [Fact]
    public void Secrets_InABodyThatIsCutOff_AreMaskedAsFarAsItGoes()
    {
        var mask = new BodyMask(null);
        Assert.Equal("""{"m":[{"c":"a [secret] b""", mask.Of("""{"m":[{"c":"a sk-abcdefghijklmnop1234567890 b"""));
        Assert.Equal("""{"m":[{"c":"[secret]""", mask.Of("""{"m":[{"c":"-----BEGIN RSA PRIVATE KEY-----\nMIIEowIBAAK\nCAQEA+x/"""));
        Assert.Equal("""{"m":"a\n""", mask.Of("""{"m":"a\n"""));
    }

    [Fact]
    public void Secrets_AKeyLongerThanStreamsHold_IsMaskedToItsEnd()
    {
        var key = $"-----BEGIN PRIVATE KEY-----\n{string.Concat(Enumerable.Repeat("MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSj\n", 400))}-----END PRIVATE KEY-----";

        Assert.Equal("""{"c":"[secret] and more"}""", new BodyMask(null).Of(new JsonObject { ["c"] = key + " and more" }.ToJsonString()));
    }

    [Fact]
    public void Values_ThatWereTokenised_ArePlaceholdersAgain()
    {
        var placeholders = new PlaceholderList(default);
        placeholders.For("email", "bob@x.org");
        placeholders.For("email", "bob@x.org.uk");
        placeholders.For("quote", "a \"b\" c");
        placeholders.For("other", "bob@x.org"); // the same value found as something else

        Assert.Equal(
            """{"c":"[email_1], [email_2]! [quote_1]","args":"{\"to\":\"[email_1]\"}","s":"[secret]"}""",
            new BodyMask(placeholders).Of("""{"c":"bob@x.org, bob@x.org.uk! a \"b\" c","args":"{\"to\":\"bob@x.org\"}","s":"sk-abcdefghijklmnop1234567890"}"""));
    }

    [FsCheck.Xunit.Property]
    public bool Values_NeverRemain(string[] values, byte[] order)
    {
        string[] known = [.. values.Where(v => v is { Length: > 0 } && !v.Any(c => char.IsSurrogate(c) || c is '<' or '>')).Select(v => $"<{v}>")];
        var placeholders = new PlaceholderList(default);
        foreach (var value in known) placeholders.For("v", value);
        var text = known.Length == 0 ? "" : string.Concat(order.Select(o => known[o % known.Length]));

        var said = JsonNode.Parse(new BodyMask(placeholders).Of(new JsonObject { ["c"] = text }.ToJsonString()))!["c"]!.GetValue<string>();

        return known.Length == 0 || said.Replace("[v_", "", StringComparison.Ordinal).All(c => char.IsAsciiDigit(c) || c == ']');
    }

    [Theory]
    [InlineData("""{"a":1,"logprobs":{"content":[{"token":"sk"}]},"b":2}""", """{"a":1,"logprobs":null,"b":2}""")]
    [InlineData("""{"c":[{"logprobs":null,"x":1},{"logprobsResult":{"t":["s"]}}]}""", """{"c":[{"logprobs":null,"x":1},{"logprobsResult":null}]}""")]
    [InlineData("""{"a":1,"logprobs":{"content":[{"token":"sk""", """{"a":1,"logprobs":null""")]
    [InlineData("""{"\ud83e_logprobs":1,"l\u006fgprobs":[1],"logprobs":2}""", """{"\ud83e_logprobs":1,"l\u006fgprobs":null,"logprobs":null}""")] // half a character as a name
    [InlineData("""{"text":"the \"logprobs\" of it"}""", """{"text":"the \"logprobs\" of it"}""")]
    [InlineData("""{"a":1}""", """{"a":1}""")]
    [InlineData("no JSON, \"logprobs\": [1]", "")]
    public void Logprobs_AreLeftOut(string answer, string expected) => Assert.Equal(expected, Encoding.UTF8.GetString(LogprobText.Without(Encoding.UTF8.GetBytes(answer)).Span));
}
