namespace Tidegate.Models.Chat;

/// <summary>How tokens are drawn. Null leaves a knob to the target.</summary>
public sealed record Sampling
{
    /// <summary>Randomness; ranges differ between vendors (0 to 1 or 0 to 2) and values are passed on as they are.</summary>
    public double? Temperature { get; init; }

    /// <summary>Nucleus: only the most likely tokens with this share of probability.</summary>
    public double? TopP { get; init; }

    /// <summary>Only this many most likely tokens.</summary>
    public int? TopK { get; init; }

    /// <summary>Penalty for tokens that stood before at all.</summary>
    public double? PresencePenalty { get; init; }

    /// <summary>Penalty for tokens by how often they stood before.</summary>
    public double? FrequencyPenalty { get; init; }

    /// <summary>Seed for repeatable draws.</summary>
    public long? Seed { get; init; }
}
