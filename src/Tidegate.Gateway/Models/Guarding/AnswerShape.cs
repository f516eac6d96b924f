using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Formats;
using Tidegate.Models.Guardrails.Json;
using Tidegate.Models.Providers;

namespace Tidegate.Gateway.Models.Guarding;

/// <summary>The shape a caller asked for: JSON of a schema, or any JSON object. An answer that has another is asked for once more, told what is wrong with it.</summary>
internal sealed class AnswerShape
{
    /// <summary>Code of errors that say so.</summary>
    public const string Code = "answer_invalid";

    private readonly JsonElement _schema;
    private bool _mayTry;

    private AnswerShape(JsonElement schema) => _schema = schema;

    /// <summary>The conversation has gone on: the request has an answer in it, as its model gave it.</summary>
    public bool HasMended { get; private set; }

    /// <summary>The shape asked for; null when none is.</summary>
    public static AnswerShape? Of(ModelCall model)
    {
        if (model.Face.Operation != ModelOperation.Chat || model.Request(new FormatIssues())?.Output is not { } output) return null;
        return new AnswerShape(output.Schema.ValueKind == JsonValueKind.Undefined ? default : output.Schema.Clone());
    }

    /// <summary>True once, when the conversation has gone on and another attempt may answer it.</summary>
    public bool MayTryAgain()
    {
        var may = _mayTry;
        _mayTry = false;
        return may;
    }

    /// <summary>False: the answer has not the shape; the attempt has failed, and the first time the conversation goes on with what is wrong.</summary>
    public bool Fits(ModelCall model, ModelAttempt attempt, ChatAnswer answer)
    {
        if (Check(answer) is not var (text, problem)) return true;
        attempt.HoldsShape = problem is null;
        if (problem is null) return true;
        attempt.Fail(new ModelError(ModelErrorKind.Server, 502, $"The model's answer has not the shape asked for: {problem}.") { Code = Code }, "the answer has not the shape asked for");
        if (!HasMended && ConversationTail.Append(model.Body, text, $"This has not the shape asked for: {problem}. Answer again, with JSON of that shape and nothing else.") is { } longer)
        {
            model.Replace(longer);
            HasMended = _mayTry = true;
        }

        return false;
    }

    /// <summary>True when an answer has the shape; null when it is none that could: a tool call, a refusal.</summary>
    public bool? Holds(ChatAnswer answer) => Check(answer) is (_, var problem) ? problem is null : null;

    // The first text that has not the shape, with what is wrong; else the last one. Null when there is none that should have it.
    private (string Text, string? Problem)? Check(ChatAnswer answer)
    {
        (string, string?)? last = null;
        foreach (var choice in answer.Choices)
        {
            // Tools, refusals and filters answer in their own way.
            if (choice.Finish.Reason is FinishReason.ToolCalls or FinishReason.Refusal or FinishReason.ContentFilter || choice.Parts.Any(p => p is ToolCallPart or RefusalPart)) continue;
            var text = string.Concat(choice.Parts.OfType<TextPart>().Select(p => p.Text));
            last = (text, Problem(text));
            if (last is (_, not null)) break;
        }

        return last;
    }

    private string? Problem(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 128 });
            if (_schema.ValueKind != JsonValueKind.Undefined) return new SchemaCheck(_schema).Problem(document.RootElement);
            return document.RootElement.ValueKind == JsonValueKind.Object ? null : "it is no JSON object";
        }
        catch (Exception e) when (e is JsonException or ArgumentException or InvalidOperationException) // lone surrogates
        {
            return "it is no JSON";
        }
    }
}
