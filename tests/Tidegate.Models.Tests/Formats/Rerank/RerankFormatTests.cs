using System.Text.Json;
using Tidegate.Models.Formats;
using Tidegate.Models.Formats.Rerank;
using Tidegate.Models.Rerank;
using Tidegate.Models.Tests.Support;

namespace Tidegate.Models.Tests.Formats.Rerank;

public sealed class RerankFormatTests
{
    private readonly RerankFormat _format = new();
    private readonly FormatIssues _issues = new();

    [Fact]
    public void Request_ReadAndWritten_SaysTheSame()
    {
        var request = _format.ReadRequest(Parse("""{"model":"m","query":"q","documents":["a",{"text":"b"}],"top_n":1,"return_documents":true}"""), _issues);

        Assert.Empty(_issues.All);
        Assert.Equal("""RerankRequest(Model: "m", Query: "q", Documents: ["a", "b"], Top: 1, ReturnDocuments: True)""", Dump.Of(request));
        Assert.Equal("""{"model":"m","query":"q","documents":["a","b"],"top_n":1}""", Streams.Json(json => _format.WriteRequest(request!, json)).GetRawText());
    }

    [Theory]
    [InlineData("[]", "")]
    [InlineData("{}", "documents,model,query")]
    [InlineData("""{"model":"m","query":1,"documents":["a",7],"top_n":0}""", "documents[1],query,top_n")]
    public void Read_WrongRequests_TellsEveryField(string json, string fields)
    {
        Assert.Null(_format.ReadRequest(Parse(json), _issues));
        Assert.Equal(fields, string.Join(',', _issues.All.Select(i => i.Field).Order(StringComparer.Ordinal)));
    }

    [Theory]
    [InlineData("""{"id":"r","results":[{"index":0,"relevance_score":0.1},{"index":2,"relevance_score":0.9}],"meta":{"billed_units":{"search_units":1}}}""", "[RerankResult(Index: 2, Score: 0.9), RerankResult(Score: 0.1)]", null, 1L)]
    [InlineData("""{"model":"x","results":[{"index":1,"relevance_score":0.5,"document":{"text":"b"}}],"usage":{"total_tokens":12}}""", "[RerankResult(Index: 1, Score: 0.5)]", 12L, null)]
    [InlineData("""{"object":"list","data":[{"index":1,"score":0.5},{"score":1}],"usage":{"total_tokens":3}}""", "[RerankResult(Index: 1, Score: 0.5)]", 3L, null)]
    public void ReadAnswer_OfEveryVendor_GivesScoresAndBill(string json, string results, long? tokens, long? units)
    {
        var answer = _format.ReadAnswer(Parse(json));

        Assert.Equal((results, tokens, units), (Dump.Of(answer.Results), answer.Usage?.Input, answer.SearchUnits));
    }

    [Fact]
    public void WriteAnswer_DocumentsAskedFor_AreThoseOfTheRequest()
    {
        var request = new RerankRequest { Model = "m", Query = "q", Documents = ["a", "b"], ReturnDocuments = true };
        var answer = new RerankAnswer { Id = "r", Results = [new RerankResult(1, 0.5), new RerankResult(7, 0.1)], SearchUnits = 1 };

        var written = Streams.Json(json => _format.WriteAnswer(answer, request, json));

        Assert.Equal("b", written.GetProperty("results")[0].GetProperty("document").GetProperty("text").GetString());
        Assert.False(written.GetProperty("results")[1].TryGetProperty("document", out _));
        Assert.Equal(Dump.Of(answer with { Model = "m" }), Dump.Of(_format.ReadAnswer(written)));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"error":{"message":"no"}}""")]
    public void ReadAnswer_JsonThatIsNone_IsAFormatException(string json)
    {
        Assert.ThrowsAny<FormatException>(() => _format.ReadAnswer(Parse(json)));
    }

    private static JsonElement Parse(string json) => JsonDocument.Parse(json).RootElement;
}
