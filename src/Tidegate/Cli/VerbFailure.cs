namespace Tidegate.Cli;

/// <summary>Ends a verb with a message for people: what happened and what to do, no stack trace.</summary>
/// <param name="exitCode">One of <see cref="ExitCode"/>.</param>
/// <param name="message">What happened, in one sentence.</param>
internal sealed class VerbFailure(int exitCode, string message) : Exception(message)
{
    /// <summary>One of <see cref="Cli.ExitCode"/>.</summary>
    public int ExitCode { get; } = exitCode;

    /// <summary>The parameter or key that the admin API found wrong; null when it named none.</summary>
    public string? Parameter { get; init; }

    /// <summary>More lines, for example one per finding.</summary>
    public IReadOnlyList<string> Details { get; init; } = [];

    /// <summary>What to do next; null when the message says it.</summary>
    public string? Action { get; init; }

    /// <summary>The same, naming the option that was typed instead of the parameter it became.</summary>
    public VerbFailure About(string option)
    {
        var prefix = Parameter + ": ";
        var sentence = Message.StartsWith(prefix, StringComparison.Ordinal) ? Message[prefix.Length..] : Message;
        return new(ExitCode, $"{option}: {sentence}") { Details = Details, Action = Action };
    }
}
