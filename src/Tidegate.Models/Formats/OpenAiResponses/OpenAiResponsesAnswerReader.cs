using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Formats.OpenAi;
using Tidegate.Models.Json;

namespace Tidegate.Models.Formats.OpenAiResponses;

/// <summary>Reads a whole response.</summary>
internal static class OpenAiResponsesAnswerReader
{
    public static ChatAnswer Read(JsonElement body)
    {
        if (Failure(body) is { } error) throw new ToldErrorException(error);
        if (body.Field("output").ValueKind != JsonValueKind.Array) throw new FormatException("The answer has no output.");
        if (body.Text("status") is not ("completed" or "incomplete")) throw new CutOffException();
        var parts = new List<Part>();
        var logprobs = new List<TokenLogprob>();
        foreach (var item in body.Items("output")) ReadItem(item, parts, logprobs);
        var finish = FinishOf(body, parts.Exists(p => p is ToolCallPart), parts.Exists(p => p is RefusalPart));
        return new ChatAnswer
        {
            Id = body.Text("id") ?? "",
            Model = body.Text("model") ?? "",
            Created = body.Whole("created_at"),
            Choices = [new AnswerChoice(parts, finish) { Logprobs = logprobs }],
            Usage = OpenAiUsage.Read(body.Field("usage")),
        };
    }

    /// <summary>The failure a response tells of itself; null when it did not fail.</summary>
    public static ModelError? Failure(JsonElement response)
    {
        if (response.Text("status") is not ("failed" or "cancelled")) return OpenAiErrors.Of(response, 0);
        return OpenAiErrors.Of(response, 0) ?? new ModelError(ModelErrorKind.Server, 0, $"The response is {response.Text("status")}.");
    }

    /// <summary>Why a response ended.</summary>
    public static Finish FinishOf(JsonElement response, bool hasCalls, bool hasRefusal)
    {
        if (response.Text("status") == "incomplete")
        {
            return new Finish(response.Field("incomplete_details").Text("reason") switch
            {
                "max_output_tokens" => FinishReason.Length,
                "content_filter" => FinishReason.ContentFilter,
                _ => FinishReason.Other,
            });
        }

        return new Finish(hasCalls ? FinishReason.ToolCalls : hasRefusal ? FinishReason.Refusal : FinishReason.Stop);
    }

    private static void ReadItem(JsonElement item, List<Part> parts, List<TokenLogprob> logprobs)
    {
        switch (item.Text("type"))
        {
            case "message":
                foreach (var content in item.Items("content"))
                {
                    if (content.Text("type") == "refusal") parts.Add(new RefusalPart(content.Text("refusal") ?? ""));
                    if (content.Text("type") != "output_text") continue;
                    parts.Add(new TextPart(content.Text("text") ?? "") { Citations = [.. OpenAiCitations.Read(content.Field("annotations"))] });
                    logprobs.AddRange(OpenAiLogprobs.Read(content.Field("logprobs")));
                }

                break;
            case "function_call":
                parts.Add(new ToolCallPart(item.Text("call_id") ?? item.Text("id") ?? "", item.Text("name") ?? "", item.Text("arguments") ?? "")
                {
                    Signature = OpenAiThoughtMark.Read(item.Field("extra_content")),
                });
                break;
            case "reasoning":
                if (OpenAiResponsesReasoning.Read(item) is { } thoughts && thoughts is not { Text: "", Signature: null, Redacted: null }) parts.Add(thoughts);
                break;
        }
    }
}
