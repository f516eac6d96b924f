using System.Text.Json;
using Tidegate.Models.Chat;

namespace Tidegate.Models.Prompts;

/// <summary>An error of a model as a problem (RFC 9457).</summary>
public static class PromptProblem
{
    /// <summary>Base of problem types.</summary>
    public const string TypeBase = "https://tidegate.dev/problems/";

    /// <summary>Writes it.</summary>
    /// <param name="error">The error.</param>
    /// <param name="policy">The policy that spoke; empty when none did.</param>
    /// <param name="callId">Id of the call; empty when not known.</param>
    /// <param name="json">Where to.</param>
    public static void Write(ModelError error, string policy, string callId, Utf8JsonWriter json)
    {
        ArgumentNullException.ThrowIfNull(error);
        ArgumentNullException.ThrowIfNull(json);
        var code = error.Code is { Length: > 0 } own ? own : Word(error.Kind);
        json.WriteStartObject();
        json.WriteString("type"u8, TypeBase + code);
        json.WriteString("title"u8, code);
        if (error.Status != 0) json.WriteNumber("status"u8, error.Status);
        json.WriteString("detail"u8, error.Message);
        if (policy.Length > 0) json.WriteString("policy"u8, policy);
        if (callId.Length > 0) json.WriteString("callId"u8, callId);
        json.WriteEndObject();
    }

    private static string Word(ModelErrorKind kind) => kind switch
    {
        ModelErrorKind.ContextLength => "context_length_exceeded",
        ModelErrorKind.ContentFilter => "content_filter",
        ModelErrorKind.RateLimit => "rate_limited",
        ModelErrorKind.Overloaded => "unavailable",
        ModelErrorKind.Timeout => "timeout",
        ModelErrorKind.NotFound => "not_found",
        ModelErrorKind.InvalidRequest => "bad_request",
        _ => "upstream_error",
    };
}
