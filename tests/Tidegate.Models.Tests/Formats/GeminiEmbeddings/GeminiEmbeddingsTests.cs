using Tidegate.Models.Embeddings;
using Tidegate.Models.Formats;
using Tidegate.Models.Formats.GeminiEmbeddings;

namespace Tidegate.Models.Tests.Formats.GeminiEmbeddings;

public sealed class GeminiEmbeddingsTests
{
    private static readonly GeminiEmbeddingsFormat Batch = new();
    private static readonly GeminiEmbeddingsFormat Single = new(one: true);

    [Fact]
    public void BatchRequest_SurvivesTheWayThroughNeutralWords()
    {
        const string Text = """
            {"requests":[{"model":"models/e","content":{"parts":[{"text":"a"}]},"taskType":"RETRIEVAL_QUERY","outputDimensionality":64},
                         {"model":"models/e","content":{"parts":[{"text":"b"}]},"taskType":"RETRIEVAL_QUERY","outputDimensionality":64}]}
            """;
        var issues = new FormatIssues();
        var request = Batch.ReadRequest(FormatRun.Json(Text), issues);

        FormatRun.SameJson(Text, FormatRun.Text(json => Batch.WriteRequest(request!, json, issues)));
        Assert.Empty(issues.All);
        Assert.Equal("query", request!.Purpose);
        Assert.Equal(["a", "b"], request.Inputs.Select(i => i.Text));
    }

    [Fact]
    public void SingleRequest_IsABatchOfOne()
    {
        var issues = new FormatIssues();
        var request = Single.ReadRequest(FormatRun.Json("""{"content":{"parts":[{"text":"a"},{"text":"b"}]},"task_type":"CLUSTERING","output_dimensionality":8}"""), issues)! with { Model = "e" };

        FormatRun.SameJson(
            """{"requests":[{"model":"models/e","content":{"parts":[{"text":"a\nb"}]},"taskType":"CLUSTERING","outputDimensionality":8}]}""",
            FormatRun.Text(json => Single.WriteRequest(request, json, issues)));
        Assert.Empty(issues.All);
    }

    [Fact]
    public void ReadRequest_WrongInManyWays_TellsAllOfThem()
    {
        var issues = new FormatIssues();

        Assert.Null(Batch.ReadRequest(FormatRun.Json("""{"requests":[{"content":{"parts":[{"text":7}]}},{"content":5,"outputDimensionality":0},3]}"""), issues));
        Assert.Equal(["requests[0].content.parts[0].text", "requests[1].content", "requests[1].outputDimensionality", "requests[2]"], FormatRun.Fields(issues));
        issues = new FormatIssues();
        Assert.Null(Single.ReadRequest(FormatRun.Json("[]"), issues));
        Assert.Null(Batch.ReadRequest(FormatRun.Json("""{"requests":[]}"""), issues));
        Assert.Equal(["", "requests"], FormatRun.Fields(issues));
    }

    [Fact]
    public void Requests_WhatCannotBeSaid_IsTold()
    {
        var issues = new FormatIssues();
        Batch.ReadRequest(FormatRun.Json("""{"requests":[{"content":{"parts":[{"text":"a"}]},"title":"t","taskType":"FACT_VERIFICATION"},{"content":{"parts":[{"text":"b"}]},"outputDimensionality":3}]}"""), issues);
        Batch.WriteRequest(new EmbeddingsRequest { Model = "e", Inputs = [new EmbeddingInput(null, [1])], Purpose = "odd" }, new System.Text.Json.Utf8JsonWriter(Stream.Null), issues);

        Assert.Equal(["requests[0].taskType", "requests[0].title", "requests[1].outputDimensionality", "purpose", "inputs[0]"], FormatRun.Fields(issues));
        Assert.False(issues.HasErrors);
    }

    [Fact]
    public void Answers_AreReadAndWritten()
    {
        const string Many = """{"embeddings":[{"values":[0.5,-1]},{"values":[2,3]}]}""";
        var answer = Batch.ReadAnswer(FormatRun.Json(Many));

        Assert.Equal([[0.5f, -1f], [2f, 3f]], answer.Vectors);
        FormatRun.SameJson(Many, FormatRun.Text(json => Batch.WriteAnswer(answer, Ask, json)));
        FormatRun.SameJson("""{"embedding":{"values":[0.5,-1]}}""", FormatRun.Text(json => Single.WriteAnswer(answer, Ask, json)));
        Assert.Equal([0.5f], Single.ReadAnswer(FormatRun.Json("""{"embedding":{"values":[0.5]}}""")).Vectors[0]);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"embeddings":[{}]}""")]
    [InlineData("""{"embedding":{"values":["x"]}}""")]
    [InlineData("""{"error":{"message":"no"}}""")]
    public void ReadAnswer_OfNoAnswer_IsTheProvidersFault(string text)
    {
        Assert.ThrowsAny<FormatException>(() => Batch.ReadAnswer(FormatRun.Json(text)));
    }

    private static EmbeddingsRequest Ask => new() { Model = "e", Inputs = [] };
}
