using System.Text;
using Tidegate.Models.Guardrails;
using Tidegate.Models.Guardrails.Json;

namespace Tidegate.Models.Tests.Guardrails;

/// <summary>Which strings of requests are looked at: every one that is not known to be a word of the protocol or a setting.</summary>
public sealed class RequestTextsTests
{
    [Theory]
    [InlineData("""{"generateContentRequest":{"model":"models/m","contents":[{"role":"user","parts":[{"text":"HERE"}]}],"generationConfig":{"responseSchema":{"title":"no"}}}}""")]
    [InlineData("""{"generate_content_request":{"contents":[{"parts":[{"text":"HERE"}]}],"tools":[{"functionDeclarations":[{"name":"no","description":"no"}]}]}}""")]
    [InlineData("""{"prediction":{"type":"content","content":"HERE"}}""")]
    [InlineData("""{"prediction":{"type":"content","content":[{"type":"text","text":"HERE"}]}}""")]
    [InlineData("""{"safety_identifier":"HERE"}""")]
    [InlineData("""{"prompt_cache_key":"HERE"}""")]
    [InlineData("""{"user":"HERE","messages":[]}""")]
    [InlineData("""{"messages":[{"role":"user","name":"HERE"}]}""")]
    [InlineData("""{"messages":[{"name":"HERE","role":"system"}]}""")]
    [InlineData("""{"labels":{"name":"HERE"}}""")]
    [InlineData("""{"metadata":{"id":"HERE"}}""")]
    [InlineData("""{"title":"HERE","taskType":"RETRIEVAL_DOCUMENT"}""")]
    [InlineData("""{"web_search_options":{"user_location":{"type":"approximate","approximate":{"city":"HERE"}}}}""")]
    [InlineData("""{"never_heard_of":"HERE"}""")]
    [InlineData("""{"never_heard_of":{"name":["HERE"],"n":5}}""")]
    [InlineData("""{"documents":[{"name":"HERE"}],"model":"m"}""")]
    [InlineData("""{"stop":["HERE"]}""")]
    [InlineData("""{"generationConfig":{"stopSequences":["HERE"],"responseMimeType":"application/json"}}""")]
    [InlineData("""{"options":{"stop":"HERE","mirostat":"x"}}""")]
    public void Of_Request_HasIt(string body) => Assert.Equal(["HERE"], Texts(body));

    [Theory]
    [InlineData("""{"model":"m","stream":true,"service_tier":"auto","reasoning_effort":"low","seed":123456782}""")]
    [InlineData("""{"tools":[{"type":"function","function":{"name":"f","description":"d"}}],"tool_choice":{"type":"function","function":{"name":"f"}}}""")]
    [InlineData("""{"response_format":{"type":"json_schema","json_schema":{"name":"n"}},"text":{"format":{"type":"json_schema","name":"n","schema":{"title":"t"}}}}""")]
    [InlineData("""{"generateContentRequest":{"model":"models/m"}}""")]
    [InlineData("""{"messages":[{"role":"tool","name":"f","tool_call_id":"c"},{"role":"assistant","content":[{"type":"tool_use","id":"t","name":"f"}]}]}""")]
    [InlineData("""{"contents":[{"role":"model","parts":[{"functionCall":{"name":"f"}},{"inlineData":{"mimeType":"image/png","data":"aGk="}}]}]}""")]
    public void Of_WordsOfTheProtocolAndSettings_HasNone(string body) => Assert.Empty(Texts(body));

    [Theory]
    [InlineData("""{"metadata":{"a":"HERE"}}""", "data")]
    [InlineData("""{"generateContentRequest":{"systemInstruction":{"parts":[{"text":"HERE"}]}}}""", "instructions")]
    [InlineData("""{"messages":[{"role":"developer","name":"HERE"}]}""", "instructions")]
    [InlineData("""{"never_heard_of":"HERE"}""", "text")]
    public void Of_Kind_IsThatOfItsPlace(string body, string kind) => Assert.Equal(new TextSegment(kind, "HERE"), Assert.Single(JsonSegments.Of(Encoding.UTF8.GetBytes(body), isAnswer: false)));

    private static string[] Texts(string body) => [.. JsonSegments.Of(Encoding.UTF8.GetBytes(body), isAnswer: false).Select(s => s.Text)];
}
