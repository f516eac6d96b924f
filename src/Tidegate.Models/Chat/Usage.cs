namespace Tidegate.Models.Chat;

/// <summary>
/// Tokens of a call. One meaning for all vendors: <see cref="Input"/> and <see cref="Output"/> are totals, the others are parts of them.
/// (Anthropic reports uncached input apart, Gemini thoughts beside output: their readers add up.)
/// </summary>
public sealed record Usage
{
    /// <summary>Input in all, cached and cache-written tokens included.</summary>
    public long Input { get; init; }

    /// <summary>Part of the input read from the provider's cache.</summary>
    public long CachedInput { get; init; }

    /// <summary>Part of the input written to the provider's cache.</summary>
    public long CacheWrite { get; init; }

    /// <summary>Output in all, reasoning included.</summary>
    public long Output { get; init; }

    /// <summary>Part of the output that was reasoning.</summary>
    public long Reasoning { get; init; }

    /// <summary>Part of the input that was sound.</summary>
    public long AudioInput { get; init; }

    /// <summary>Part of the output that was sound.</summary>
    public long AudioOutput { get; init; }

    /// <summary>Counted by Tidegate because the provider did not say.</summary>
    public bool Estimated { get; init; }

    /// <summary>False for numbers no call can have: fewer than none, or a billion. Providers' slips must not become bills.</summary>
    public bool IsPlausible =>
        Legal(Input) && Legal(CachedInput) && Legal(CacheWrite) && Legal(Output) && Legal(Reasoning) && Legal(AudioInput) && Legal(AudioOutput);

    /// <summary>Input and output.</summary>
    public long Total => Input + Output;

    private static bool Legal(long tokens) => tokens is >= 0 and < 1_000_000_000;
}
