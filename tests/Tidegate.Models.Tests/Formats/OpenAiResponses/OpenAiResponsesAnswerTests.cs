using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Formats.OpenAiResponses;
using Tidegate.Models.Tests.Support;

namespace Tidegate.Models.Tests.Formats.OpenAiResponses;

public sealed class OpenAiResponsesAnswerTests
{
    private readonly OpenAiResponsesFormat _format = new();

    public static TheoryData<string> Fixtures => Fixture.Names("OpenAiResponses/answers", ".json");

    [Theory]
    [MemberData(nameof(Fixtures))]
    public void Read_Fixture_GivesTheNeutralWords(string name)
    {
        Fixture.Same($"OpenAiResponses/answers/{name}.neutral.txt", Dump.Of(_format.ReadAnswer(Fixture.Json($"OpenAiResponses/answers/{name}.json"))) + "\n");
    }

    [Theory]
    [MemberData(nameof(Fixtures))]
    public void Write_WhatWasRead_SaysTheSameAgain(string name)
    {
        var answer = _format.ReadAnswer(Fixture.Json($"OpenAiResponses/answers/{name}.json"));

        var written = Streams.Json(json => _format.WriteAnswer(answer, Streams.Context, json));

        Assert.Equal(Dump.Of(WithoutIds(answer) with { Model = "my-model" }), Dump.Of(WithoutIds(_format.ReadAnswer(written))));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"output":7}""")]
    [InlineData("""{"error":{"message":"no"}}""")]
    [InlineData("""{"status":"failed","output":[],"error":{"code":"server_error","message":"no"}}""")]
    [InlineData("""{"status":"cancelled","output":[]}""")]
    public void Read_JsonThatIsNoAnswer_IsAFormatException(string json)
    {
        Assert.ThrowsAny<FormatException>(() => _format.ReadAnswer(JsonDocument.Parse(json).RootElement));
    }

    [Fact]
    public void Write_SignedThoughtsOfAnotherVendor_ComeBackSigned()
    {
        var answer = new ChatAnswer
        {
            Choices = [new AnswerChoice([new ReasoningPart("Hm") { Signature = "tgAnc2ln" }, new ReasoningPart("") { Redacted = "tgAnZW5j" }, new TextPart("x")], new Finish(FinishReason.Stop))],
        };

        var parts = _format.ReadAnswer(Streams.Json(json => _format.WriteAnswer(answer, Streams.Context, json))).Choices[0].Parts;

        Assert.Equal(("tgAnc2ln", "Hm"), (Assert.IsType<ReasoningPart>(parts[0]).Signature, ((ReasoningPart)parts[0]).Text));
        Assert.Equal("tgAnZW5j", Assert.IsType<ReasoningPart>(parts[1]).Redacted);
    }

    private static ChatAnswer WithoutIds(ChatAnswer answer) => answer with
    {
        Choices = [.. answer.Choices.Select(c => c with { Parts = [.. c.Parts.Select(p => p is ReasoningPart thoughts ? thoughts with { Id = null } : p)] })],
    };
}
