namespace Tidegate.Models.Formats.Gemini;

/// <summary>What differs between calls and models that speak Gemini's format.</summary>
public sealed record GeminiOptions
{
    /// <summary>Streams as a JSON array, as without <c>alt=sse</c>. Default: server-sent events.</summary>
    public bool JsonArray { get; init; }

    /// <summary>Tokens are counted by bare fields, as on Vertex AI. Default: by a whole request in <c>generateContentRequest</c>.</summary>
    public bool PlainCount { get; init; }

    /// <summary>The model takes a <c>thinkingLevel</c> (Gemini 3 and later) and not a budget of tokens. Null (default): told by the model's name.</summary>
    public bool? ThinkingLevels { get; init; }
}
