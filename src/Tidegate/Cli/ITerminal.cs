namespace Tidegate.Cli;

/// <summary>Everything a verb may touch of the console and the environment, so that tests can stand in for both.</summary>
internal interface ITerminal
{
    /// <summary>Answers: what a pipe should get.</summary>
    TextWriter Out { get; }

    /// <summary>Messages for people: progress, errors, hints.</summary>
    TextWriter Error { get; }

    /// <summary>Standard input.</summary>
    TextReader In { get; }

    /// <summary>A person reads <see cref="Out"/>.</summary>
    bool OutIsTerminal { get; }

    /// <summary>A person reads <see cref="Error"/>.</summary>
    bool ErrorIsTerminal { get; }

    /// <summary>A person types into <see cref="In"/>.</summary>
    bool InIsTerminal { get; }

    /// <summary>Columns of the terminal; wide when <see cref="Out"/> is not one, so that lines are not cut for programs.</summary>
    int Width { get; }

    /// <summary>An environment variable, or null when unset or empty.</summary>
    string? Variable(string name);

    /// <summary>Asks for something that must not be seen on the screen. Only when <see cref="InIsTerminal"/>.</summary>
    string ReadSecret(string prompt);
}
