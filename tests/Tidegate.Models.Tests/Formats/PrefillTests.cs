using System.Text;
using System.Text.Json.Nodes;
using Tidegate.Models.Formats;
using Tidegate.Models.Providers;

namespace Tidegate.Models.Tests.Formats;

/// <summary>Requests that give a model the begin of its answer.</summary>
public sealed class PrefillTests
{
    [Theory]
    [InlineData("anthropic", null)]
    [InlineData("mistral", "prefix")]
    [InlineData("moonshot", "partial")]
    [InlineData("qwen", "partial")]
    [InlineData("vllm", null)]
    public void WithPrefill_VendorsThatDocumentIt_GetTheBegunAnswerLast(string vendor, string? flag)
    {
        var format = Assert.IsAssignableFrom<IPrefillFormat>(VendorList.Find(vendor)!.Formats[0]);
        Assert.True(format.TakesPrefill);

        var body = Add(format, """{"model":"m","messages":[{"role":"user","content":[{"type":"text","text":"hi ]}"}]}],"unknown":{"a":[1]}}""");

        var expected = new JsonObject { ["role"] = "assistant", ["content"] = "so \"far\"" };
        if (flag is not null) expected[flag] = true;
        Assert.True(JsonNode.DeepEquals(expected, body["messages"]!.AsArray()[^1]), body.ToJsonString());
        Assert.Equal(2, body["messages"]!.AsArray().Count);
        Assert.Equal(1, body["unknown"]!["a"]![0]!.GetValue<int>());
        if (vendor == "vllm") Assert.Equal((true, false), (body["continue_final_message"]!.GetValue<bool>(), body["add_generation_prompt"]!.GetValue<bool>()));
    }

    [Theory]
    [InlineData("openai")]
    [InlineData("groq")]
    [InlineData("openai-compatible")]
    public void TakesPrefill_VendorsThatDoNotDocumentIt_IsFalse(string vendor) =>
        Assert.All(VendorList.Find(vendor)!.Formats, f => Assert.False(f is IPrefillFormat { TakesPrefill: true }));

    [Theory]
    [InlineData("""{"model":"m"}""")]
    [InlineData("""{"messages":"no"}""")]
    [InlineData("""{"messages":[{"role":"user"}""")]
    [InlineData("[]")]
    public void WithPrefill_NoConversation_IsNull(string body) => Assert.Null(Prefill.ByRole.Add(Encoding.UTF8.GetBytes(body), "x"));

    private static JsonNode Add(IPrefillFormat format, string body) => JsonNode.Parse(format.WithPrefill(Encoding.UTF8.GetBytes(body), "so \"far\"")!.Value.Span)!;
}
