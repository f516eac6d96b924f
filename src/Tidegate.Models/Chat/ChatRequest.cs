namespace Tidegate.Models.Chat;

/// <summary>
/// A chat call in no vendor's words: what every face is read into and every provider's request is written from. Only calls that change format pass through it.
/// Null means "the caller did not say": the target's default holds and nothing is written.
/// </summary>
public sealed record ChatRequest
{
    /// <summary>Model the caller asked for; the target's own name replaces it before the request is written.</summary>
    public required string Model { get; init; }

    /// <summary>The conversation, system and developer messages included, oldest first.</summary>
    public required IReadOnlyList<Message> Messages { get; init; }

    /// <summary>Tools the model may call.</summary>
    public IReadOnlyList<ToolDefinition> Tools { get; init; } = [];

    /// <summary>Whether tools may, must or must not be called; null: the target's default.</summary>
    public ToolChoice? ToolChoice { get; init; }

    /// <summary>False forbids several tool calls in one answer.</summary>
    public bool? ParallelToolCalls { get; init; }

    /// <summary>How tokens are drawn.</summary>
    public Sampling Sampling { get; init; } = new();

    /// <summary>Texts that end the answer.</summary>
    public IReadOnlyList<string> Stop { get; init; } = [];

    /// <summary>Most tokens of the answer, reasoning included where the target counts it so.</summary>
    public int? MaxTokens { get; init; }

    /// <summary>Number of answers asked for; null and 1 are the same.</summary>
    public int? Choices { get; init; }

    /// <summary>Shape the answer must have; null: free text.</summary>
    public OutputShape? Output { get; init; }

    /// <summary>Thinking before answering; null: the target's default.</summary>
    public ReasoningSettings? Reasoning { get; init; }

    /// <summary>Log probabilities per token: number of alternatives beside the chosen one; null: none asked for.</summary>
    public int? Logprobs { get; init; }

    /// <summary>Answer as a stream of events.</summary>
    public bool Stream { get; init; }

    /// <summary>The caller asked for usage at the end of the stream. (Tidegate asks the provider in any case.)</summary>
    public bool StreamUsage { get; init; }

    /// <summary>Stable id of the end user, as the caller gave it.</summary>
    public string? User { get; init; }
}
