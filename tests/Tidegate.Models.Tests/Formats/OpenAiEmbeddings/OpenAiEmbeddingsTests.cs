using System.Text.Json;
using FsCheck.Xunit;
using Tidegate.Models.Chat;
using Tidegate.Models.Embeddings;
using Tidegate.Models.Formats;
using Tidegate.Models.Formats.OpenAiEmbeddings;
using Tidegate.Models.Tests.Support;

namespace Tidegate.Models.Tests.Formats.OpenAiEmbeddings;

public sealed class OpenAiEmbeddingsTests
{
    private readonly OpenAiEmbeddingsFormat _format = new();
    private readonly FormatIssues _issues = new();

    [Theory]
    [InlineData("\"a\"", "EmbeddingInput(Text: \"a\")")]
    [InlineData("[\"a\",\"b\"]", "EmbeddingInput(Text: \"a\"), EmbeddingInput(Text: \"b\")")]
    [InlineData("[1,2]", "EmbeddingInput(Tokens: [1, 2])")]
    [InlineData("[[1],[2,3]]", "EmbeddingInput(Tokens: [1]), EmbeddingInput(Tokens: [2, 3])")]
    public void Read_EveryKindOfInput_IsTakenAndWrittenAgain(string input, string expected)
    {
        var request = _format.ReadRequest(Parse($$"""{"model":"m","input":{{input}},"dimensions":256,"encoding_format":"base64","user":"u"}"""), _issues);
        var again = _format.ReadRequest(Streams.Json(json => _format.WriteRequest(request!, json, _issues)), _issues);

        Assert.Empty(_issues.All);
        Assert.Equal($"[{expected}]", Dump.Of(request!.Inputs));
        Assert.True(request.Base64);
        Assert.Equal(Dump.Of(request with { Base64 = false }), Dump.Of(again));
    }

    [Theory]
    [InlineData("[]", "")]
    [InlineData("""{"model":"m"}""", "input")]
    [InlineData("""{"model":"m","input":[]}""", "input")]
    [InlineData("""{"model":"m","input":7}""", "input")]
    [InlineData("""{"model":"m","input":[1,"x"]}""", "input")]
    [InlineData("""{"model":"m","input":["x",{},[-1]]}""", "input[1],input[2]")]
    [InlineData("""{"input":"x","encoding_format":"hex","dimensions":0}""", "dimensions,encoding_format,model")]
    public void Read_WrongRequests_TellsEveryField(string json, string fields)
    {
        Assert.Null(_format.ReadRequest(Parse(json), _issues));
        Assert.Equal(fields, string.Join(',', _issues.All.Select(i => i.Field).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void Read_PurposeOfLookAlikes_IsInexpressibleForOpenAi()
    {
        var request = _format.ReadRequest(Parse("""{"model":"m","input":"x","input_type":"search_query"}"""), _issues);
        Streams.Json(json => _format.WriteRequest(request!, json, _issues));

        Assert.Equal("query", request!.Purpose);
        Assert.Equal("purpose", Assert.Single(_issues.All).Field);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Answer_WrittenAndRead_IsTheSame(bool base64)
    {
        var request = new EmbeddingsRequest { Model = "m", Inputs = [new EmbeddingInput("a"), new EmbeddingInput("b")], Base64 = base64 };
        var answer = new EmbeddingsAnswer { Model = "m", Vectors = [[0.1f, -2.5e-8f, 1], [float.MaxValue, 0, 3]], Usage = new Usage { Input = 7 } };

        var written = Streams.Json(json => _format.WriteAnswer(answer, request, json));

        Assert.Equal(base64 ? JsonValueKind.String : JsonValueKind.Array, written.GetProperty("data")[0].GetProperty("embedding").ValueKind);
        Assert.Equal(Dump.Of(answer), Dump.Of(_format.ReadAnswer(written)));
    }

    [Fact]
    public void ReadAnswer_VectorsOutOfOrder_AreSortedByIndex()
    {
        var answer = _format.ReadAnswer(Parse("""{"data":[{"index":1,"embedding":[2]},{"index":0,"embedding":[1]}],"model":"x","usage":{"total_tokens":4}}"""));

        Assert.Equal([1f, 2f], answer.Vectors.Select(v => v[0]));
        Assert.Equal(4, answer.Usage?.Input);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"data":[{"embedding":["x"]}]}""")]
    [InlineData("""{"data":[{"embedding":"***"}]}""")]
    [InlineData("""{"data":[{}]}""")]
    [InlineData("""{"error":{"message":"no"}}""")]
    public void ReadAnswer_JsonThatIsNone_IsAFormatException(string json)
    {
        Assert.ThrowsAny<FormatException>(() => _format.ReadAnswer(Parse(json)));
    }

    [Property]
    public void Base64_OfAnyVector_ComesBackToTheBit(float[] vector)
    {
        var again = EmbeddingVector.FromBase64(EmbeddingVector.ToBase64(vector));

        Assert.Equal(vector.Select(BitConverter.SingleToInt32Bits), again!.Select(BitConverter.SingleToInt32Bits));
    }

    private static JsonElement Parse(string json) => JsonDocument.Parse(json).RootElement;
}
