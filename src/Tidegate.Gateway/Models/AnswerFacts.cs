using Tidegate.Core.Calls;
using Tidegate.Gateway.Models.Guarding;
using Tidegate.Models.Chat;
using Tidegate.Models.Providers;

namespace Tidegate.Gateway.Models;

/// <summary>What the record tells of an answer's quality. Looked for when the caller has all of it, so that nobody waits.</summary>
internal static class AnswerFacts
{
    /// <summary>A stream is to be copied, because its shape is asked for and no guardrail looks at that.</summary>
    public static bool NeedsCopy(ModelCall model) => model is { Stream: true, Scan.MayAskShape: true, Face.Operation: ModelOperation.Chat, Guard: null or { Shape: null } };

    /// <summary>What is known of the answer the caller was given.</summary>
    public static CallFacts Of(ModelCall model, ModelAttempt attempt)
    {
        var facts = attempt.Delivered.IsRefused ? CallFacts.Refused : CallFacts.None;
        if (attempt.Error is { } error) return facts | Of(error);
        return (attempt.HoldsShape ?? LookAtShape(model, attempt)) switch
        {
            true => facts | CallFacts.SchemaChecked,
            false => facts | CallFacts.SchemaChecked | CallFacts.SchemaInvalid,
            null => facts,
        };
    }

    /// <summary>What is known of it when the caller was told an error instead.</summary>
    public static CallFacts Of(ModelError error) => error switch
    {
        { Code: AnswerShape.Code } => CallFacts.SchemaChecked | CallFacts.SchemaInvalid,
        { Code: CallGuard.Blocked } => CallFacts.None, // ours, not the model's
        { Kind: ModelErrorKind.ContentFilter } => CallFacts.Refused,
        _ => CallFacts.None,
    };

    // An answer put together from two attempts is not looked at: each of them is only a part of it.
    private static bool? LookAtShape(ModelCall model, ModelAttempt attempt)
    {
        if (!model.Scan.MayAskShape || model.Journal?.Error is not null || AnswerShape.Of(model) is not { } shape) return null;
        return (attempt.Answer ?? attempt.Copy?.Read()) is { } answer ? shape.Holds(answer) : null;
    }
}
