using System.Text;
using System.Text.Json;
using Tidegate.Models.Formats.OpenAi;
using Tidegate.Models.Formats.OpenAiChat;
using Tidegate.Models.Tests.Support;

namespace Tidegate.Models.Tests.Formats.OpenAi;

public sealed class OpenAiAnswerScanTests
{
    public static TheoryData<string> Answers => Fixture.Names("OpenAiChat/answers", ".json");

    [Theory]
    [MemberData(nameof(Answers))]
    public void Read_Answer_SaysWhatTheFullReaderSays(string name)
    {
        var answer = new OpenAiChatFormat().ReadAnswer(Fixture.Json($"OpenAiChat/answers/{name}.json"));

        Assert.Equal(new OpenAiAnswerSigns(answer.Model, answer.Usage, false), OpenAiAnswerScan.Read(Fixture.Bytes($"OpenAiChat/answers/{name}.json")));
    }

    [Theory]
    [InlineData("""{"id":"modr-1","model":"omni-moderation-latest","results":[{"flagged":true,"categories":{"model":true}}]}""", "omni-moderation-latest", null, false)]
    [InlineData("""{"model":"m","usage":{"prompt_tokens":3,"total_tokens":3},"data":[""", "m", 3L, false)]
    [InlineData("""{"error":{"message":"no"}}""", null, null, true)]
    [InlineData("""{"model":7,"usage":[],"error":null}""", null, null, false)]
    [InlineData("<html>", null, null, false)]
    [InlineData("[]", null, null, false)]
    [InlineData("", null, null, false)]
    public void Read_AnyBody_FindsWhatIsThereAndDoesNotThrow(string body, string? model, long? input, bool isError)
    {
        var signs = OpenAiAnswerScan.Read(Encoding.UTF8.GetBytes(body));

        Assert.Equal((model, input, isError), (signs.Model, signs.Usage?.Input, signs.IsError));
    }

    [Fact]
    public void ModelList_OfSeveralVendors_IsReadAndWritten()
    {
        var models = OpenAiModelList.Read(JsonDocument.Parse("""
            {"object":"list","data":[{"id":"gpt-5","object":"model","created":1760000000,"owned_by":"openai"},{"id":"local","max_model_len":4096},{"id":"routed","context_length":8192},{"name":"nameless"}]}
            """).RootElement);

        var written = Streams.Json(json => OpenAiModelList.Write(models, json));

        Assert.Equal([("gpt-5", null), ("local", 4096L), ("routed", (long?)8192)], models.Select(m => (m.Id, m.ContextWindow)));
        Assert.Equal(["gpt-5", "local", "routed"], OpenAiModelList.Read(written).Select(m => m.Id));
        Assert.Equal(["x"], OpenAiModelList.Read(JsonDocument.Parse("""[{"id":"x"}]""").RootElement).Select(m => m.Id));
        Assert.Throws<FormatException>(() => OpenAiModelList.Read(JsonDocument.Parse("{}").RootElement));
    }
}
