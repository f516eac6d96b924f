using System.Collections.Frozen;
using Tidegate.Models.Chat;

namespace Tidegate.Models.Formats.OpenAi;

/// <summary>
/// Which class an error of the OpenAI family is: by code or type where a vendor gives one that says it, else by its words, else by status. Look-alikes agree on the
/// envelope and on little else: the words were gathered from OpenAI, Azure, vLLM, SGLang, TGI, llama.cpp, LM Studio, Together, Groq, Fireworks, DeepSeek, Mistral,
/// xAI, OpenRouter, Moonshot, Qwen, Gemini's compatible endpoint and others.
/// </summary>
internal static class OpenAiErrorKinds
{
    private static readonly FrozenDictionary<string, ModelErrorKind> Codes = new Dictionary<string, ModelErrorKind>(StringComparer.OrdinalIgnoreCase)
    {
        ["context_length_exceeded"] = ModelErrorKind.ContextLength,
        ["context_window_exceeded"] = ModelErrorKind.ContextLength,
        ["exceed_context_size_error"] = ModelErrorKind.ContextLength,
        ["model_context_window_exceeded"] = ModelErrorKind.ContextLength,
        ["content_filter"] = ModelErrorKind.ContentFilter,
        ["content_policy_violation"] = ModelErrorKind.ContentFilter,
        ["ResponsibleAIPolicyViolation"] = ModelErrorKind.ContentFilter,
        ["moderation_blocked"] = ModelErrorKind.ContentFilter,
        ["invalid_prompt"] = ModelErrorKind.ContentFilter,
        ["data_inspection_failed"] = ModelErrorKind.ContentFilter,
        ["DataInspectionFailed"] = ModelErrorKind.ContentFilter,
        ["insufficient_quota"] = ModelErrorKind.Billing,
        ["billing_hard_limit_reached"] = ModelErrorKind.Billing,
        ["billing_not_active"] = ModelErrorKind.Billing,
        ["exceeded_current_quota_error"] = ModelErrorKind.Billing,
        ["Arrearage"] = ModelErrorKind.Billing,
        ["invalid_api_key"] = ModelErrorKind.Authentication,
        ["authentication_error"] = ModelErrorKind.Authentication,
        ["AuthenticationError"] = ModelErrorKind.Authentication,
        ["account_deactivated"] = ModelErrorKind.Authentication,
        ["permission_error"] = ModelErrorKind.Permission,
        ["permission_denied"] = ModelErrorKind.Permission,
        ["model_not_found"] = ModelErrorKind.NotFound,
        ["deployment_not_found"] = ModelErrorKind.NotFound,
        ["DeploymentNotFound"] = ModelErrorKind.NotFound,
        ["NotFoundError"] = ModelErrorKind.NotFound,
        ["not_found_error"] = ModelErrorKind.NotFound,
        ["rate_limit_exceeded"] = ModelErrorKind.RateLimit,
        ["rate_limit_error"] = ModelErrorKind.RateLimit,
        ["RateLimitError"] = ModelErrorKind.RateLimit,
        ["rate_limit_reached_error"] = ModelErrorKind.RateLimit,
        ["too_many_requests"] = ModelErrorKind.RateLimit,
        ["overloaded_error"] = ModelErrorKind.Overloaded,
        ["engine_overloaded_error"] = ModelErrorKind.Overloaded,
        ["slow_down"] = ModelErrorKind.Overloaded,
        ["service_unavailable"] = ModelErrorKind.Overloaded,
        ["timeout"] = ModelErrorKind.Timeout,
        ["timeout_error"] = ModelErrorKind.Timeout,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    // In order: the first that is found holds.
    private static readonly (string Words, ModelErrorKind Kind)[] Words =
    [
        ("maximum context length", ModelErrorKind.ContextLength),
        ("maximum model length", ModelErrorKind.ContextLength),
        ("maximum prompt length", ModelErrorKind.ContextLength),
        ("maximum sequence length", ModelErrorKind.ContextLength),
        ("available context size", ModelErrorKind.ContextLength),
        ("model's context length", ModelErrorKind.ContextLength),
        ("the context window", ModelErrorKind.ContextLength),
        ("exceed context window", ModelErrorKind.ContextLength),
        ("exceeds context window", ModelErrorKind.ContextLength),
        ("context length of only", ModelErrorKind.ContextLength),
        ("context length exceeded", ModelErrorKind.ContextLength),
        ("when context the overflows", ModelErrorKind.ContextLength),
        ("reduce the length of the messages", ModelErrorKind.ContextLength),
        ("reduce the length of the prompt", ModelErrorKind.ContextLength),
        ("`max_new_tokens` must be <=", ModelErrorKind.ContextLength),
        ("prompt is too long", ModelErrorKind.ContextLength),
        ("prompt too long", ModelErrorKind.ContextLength),
        ("input is too long", ModelErrorKind.ContextLength),
        ("input token count", ModelErrorKind.ContextLength),
        ("input length and `max_tokens` exceed", ModelErrorKind.ContextLength),
        ("longer than the model", ModelErrorKind.ContextLength),
        ("range of input length should be", ModelErrorKind.ContextLength),
        ("content management policy", ModelErrorKind.ContentFilter),
        ("content policy", ModelErrorKind.ContentFilter),
        ("content exists risk", ModelErrorKind.ContentFilter),
        ("our safety system", ModelErrorKind.ContentFilter),
        ("violating our usage policy", ModelErrorKind.ContentFilter),
        ("violates usage guidelines", ModelErrorKind.ContentFilter),
        ("requires moderation", ModelErrorKind.ContentFilter),
        ("inappropriate content", ModelErrorKind.ContentFilter),
        ("insufficient balance", ModelErrorKind.Billing),
        ("insufficient credits", ModelErrorKind.Billing),
        ("exceeded your current quota", ModelErrorKind.Billing),
        ("credit balance is too low", ModelErrorKind.Billing),
        ("api key not valid", ModelErrorKind.Authentication),
        ("incorrect api key", ModelErrorKind.Authentication),
        ("invalid api key", ModelErrorKind.Authentication),
    ];

    /// <summary>The class. <paramref name="status"/> 0 and no known code: the provider failed.</summary>
    public static ModelErrorKind Of(int status, string? code, string? type, string message)
    {
        if (code is not null && Codes.TryGetValue(code, out var byCode)) return byCode;
        if (type is not null && Codes.TryGetValue(type, out var byType)) return byType;
        // A limit per minute may speak of tokens and lengths too.
        if (status != 429 || message.Contains("quota", StringComparison.OrdinalIgnoreCase))
        {
            foreach (var (words, kind) in Words)
                if (message.Contains(words, StringComparison.OrdinalIgnoreCase)) return kind;
        }

        return OfStatus(status, type);
    }

    private static ModelErrorKind OfStatus(int status, string? type) => status switch
    {
        0 when type is "invalid_request_error" or "BadRequestError" => ModelErrorKind.InvalidRequest,
        401 => ModelErrorKind.Authentication,
        402 => ModelErrorKind.Billing,
        403 => ModelErrorKind.Permission,
        404 => ModelErrorKind.NotFound,
        408 or 504 or 524 => ModelErrorKind.Timeout,
        429 => ModelErrorKind.RateLimit,
        503 or 529 => ModelErrorKind.Overloaded,
        >= 400 and < 500 => ModelErrorKind.InvalidRequest,
        _ => ModelErrorKind.Server,
    };
}
