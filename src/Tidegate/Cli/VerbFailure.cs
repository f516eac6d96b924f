namespace Tidegate.Cli;

/// <summary>Ends a verb with a message for people: what happened and what to do, no stack trace.</summary>
/// <param name="exitCode">One of <see cref="ExitCode"/>.</param>
/// <param name="message">What happened, in one sentence.</param>
internal sealed class VerbFailure(int exitCode, string message) : Exception(message)
{
    /// <summary>One of <see cref="Cli.ExitCode"/>.</summary>
    public int ExitCode { get; } = exitCode;

    /// <summary>More lines, for example one per finding.</summary>
    public IReadOnlyList<string> Details { get; init; } = [];

    /// <summary>What to do next; null when the message says it.</summary>
    public string? Action { get; init; }
}
