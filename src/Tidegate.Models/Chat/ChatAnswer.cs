namespace Tidegate.Models.Chat;

/// <summary>A whole answer, in no vendor's words.</summary>
public sealed record ChatAnswer
{
    /// <summary>Id the provider gave; empty when it gives none.</summary>
    public string Id { get; init; } = "";

    /// <summary>Model that answered, in the provider's words.</summary>
    public string Model { get; init; } = "";

    /// <summary>Unix seconds when the provider made it; null when it does not say.</summary>
    public long? Created { get; init; }

    /// <summary>The answers, by index: one, unless more were asked for.</summary>
    public required IReadOnlyList<AnswerChoice> Choices { get; init; }

    /// <summary>What it took; null when the provider did not say.</summary>
    public Usage? Usage { get; init; }

    /// <summary>One of the answers was declined, by the model or by its provider's filter.</summary>
    public bool IsRefused
    {
        get
        {
            foreach (var choice in Choices)
            {
                if (choice.Finish.IsRefused) return true;
                foreach (var part in choice.Parts)
                    if (part is RefusalPart) return true;
            }

            return false;
        }
    }
}

/// <summary>One of the answers asked for.</summary>
/// <param name="Parts">What was said.</param>
/// <param name="Finish">Why it ended.</param>
public sealed record AnswerChoice(IReadOnlyList<Part> Parts, Finish Finish)
{
    /// <summary>Log probabilities of the text's tokens; empty when not asked for.</summary>
    public IReadOnlyList<TokenLogprob> Logprobs { get; init; } = [];
}
