namespace Tidegate.Core.Prompts;

/// <summary>What a prompt may take, whoever wrote it and whatever it is given. Generous for people, and the end of what is made to hurt.</summary>
public static class PromptLimits
{
    /// <summary>Most characters of a template.</summary>
    public const int MostOfTemplate = 100_000;

    /// <summary>Most characters of one tag.</summary>
    public const int MostOfTag = 1000;

    /// <summary>Deepest nesting of blocks.</summary>
    public const int Deepest = 32;

    /// <summary>Most characters of all messages of a call, rendered.</summary>
    public const int MostRendered = 1_000_000;

    /// <summary>Most statements and rounds of loops of one message.</summary>
    public const int MostSteps = 100_000;

    /// <summary>Longest time that rendering may take.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);
}
