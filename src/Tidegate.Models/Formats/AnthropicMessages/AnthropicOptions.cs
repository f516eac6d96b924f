namespace Tidegate.Models.Formats.AnthropicMessages;

/// <summary>What differs between the places and models that speak Anthropic's format.</summary>
public sealed record AnthropicOptions
{
    /// <summary>Where the format is spoken. Default: Anthropic itself.</summary>
    public AnthropicPlace Place { get; init; } = AnthropicPlace.Anthropic;

    /// <summary>Tokens asked for when the caller set no limit: the format demands one. Default 4096.</summary>
    public int DefaultMaxTokens { get; init; } = 4096;

    /// <summary>
    /// The model decides itself how long to think: an effort becomes <c>output_config.effort</c> with adaptive thinking. False (default): it becomes a budget of tokens,
    /// which all thinking models of before 2026 take.
    /// </summary>
    public bool Adaptive { get; init; }
}
