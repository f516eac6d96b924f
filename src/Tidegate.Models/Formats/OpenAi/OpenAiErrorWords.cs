using Tidegate.Models.Chat;

namespace Tidegate.Models.Formats.OpenAi;

/// <summary>OpenAI's words and statuses for the classes of errors: what its SDKs make their typed exceptions of.</summary>
internal static class OpenAiErrorWords
{
    public static string TypeOf(ModelErrorKind kind) => kind switch
    {
        ModelErrorKind.Authentication => "authentication_error",
        ModelErrorKind.Permission => "permission_error",
        ModelErrorKind.Billing => "insufficient_quota",
        ModelErrorKind.RateLimit => "rate_limit_error",
        ModelErrorKind.Overloaded => "service_unavailable_error",
        ModelErrorKind.Timeout => "timeout_error",
        ModelErrorKind.Server => "server_error",
        _ => "invalid_request_error",
    };

    /// <summary>OpenAI's code where the class has one; else the vendor's own.</summary>
    public static string? CodeOf(ModelError error) => error.Kind switch
    {
        ModelErrorKind.ContextLength => "context_length_exceeded",
        ModelErrorKind.ContentFilter => error.Code == "content_policy_violation" ? error.Code : "content_filter",
        ModelErrorKind.Billing => "insufficient_quota",
        ModelErrorKind.RateLimit => "rate_limit_exceeded",
        ModelErrorKind.Authentication => error.Code ?? "invalid_api_key",
        ModelErrorKind.NotFound => error.Code ?? "model_not_found",
        _ => error.Code,
    };

    public static int StatusOf(ModelErrorKind kind) => kind switch
    {
        ModelErrorKind.Authentication => 401,
        ModelErrorKind.Permission => 403,
        ModelErrorKind.NotFound => 404,
        ModelErrorKind.Billing or ModelErrorKind.RateLimit => 429,
        ModelErrorKind.Overloaded => 503,
        ModelErrorKind.Timeout => 504,
        ModelErrorKind.Server => 502,
        _ => 400,
    };
}
