using System.Collections.Frozen;

namespace Tidegate.Models.Formats.OpenAiChat;

/// <summary>Where a look-alike of OpenAI's chat differs. The defaults are OpenAI's own.</summary>
public sealed record OpenAiChatQuirks
{
    /// <summary>OpenAI itself.</summary>
    public static OpenAiChatQuirks None { get; } = new();

    /// <summary>Name of the token limit: <c>max_tokens</c> for those that do not know the newer word. Default <c>max_completion_tokens</c>.</summary>
    public string MaxTokensField { get; init; } = "max_completion_tokens";

    /// <summary>Knows the role <c>developer</c>; else these messages are written as <c>system</c>. Default true.</summary>
    public bool DeveloperRole { get; init; } = true;

    /// <summary>Knows <c>stream_options.include_usage</c>; others send usage unasked, or refuse the field. Default true.</summary>
    public bool StreamOptions { get; init; } = true;

    /// <summary>Name of the seed; Mistral says <c>random_seed</c>. Null: it knows none. Default <c>seed</c>.</summary>
    public string? SeedField { get; init; } = "seed";

    /// <summary>Word of <c>tool_choice</c> for "at least one"; Mistral says <c>any</c>. Default <c>required</c>.</summary>
    public string ToolChoiceRequired { get; init; } = "required";

    /// <summary>Knows <c>parallel_tool_calls</c>. Default true.</summary>
    public bool ParallelToolCalls { get; init; } = true;

    /// <summary>Knows <c>response_format</c> of type <c>json_schema</c>, not only <c>json_object</c>. Default true.</summary>
    public bool JsonSchema { get; init; } = true;

    /// <summary>Knows <c>top_k</c>. Default false.</summary>
    public bool TopK { get; init; }

    /// <summary>How thinking is asked for. Default <see cref="OpenAiChatReasoning.Effort"/>.</summary>
    public OpenAiChatReasoning Reasoning { get; init; } = OpenAiChatReasoning.Effort;

    /// <summary>Field of an assistant message that takes earlier thoughts back: <c>reasoning_content</c>, <c>reasoning</c>. Null, the default: they are left out.</summary>
    public string? ReasoningField { get; init; }

    /// <summary>
    /// Fields of OpenAI's that the target refuses, with its own word for them; null for those it has none for. Callers' bytes that pass through lose or rename these, and
    /// nothing else. Default: none.
    /// </summary>
    public IReadOnlyDictionary<string, string?> Refused { get; init; } = FrozenDictionary<string, string?>.Empty;

    /// <summary>Knows content parts of type <c>video_url</c> (vLLM, Qwen, OpenRouter). Default false.</summary>
    public bool Video { get; init; }

    /// <summary>Knows <c>cache_control</c> on content parts (OpenRouter). Default false: the hint is left out.</summary>
    public bool CacheControl { get; init; }

    /// <summary>How it is told to go on with an answer that has begun. Null, the default: it cannot.</summary>
    public Prefill? Prefill { get; init; }
}
