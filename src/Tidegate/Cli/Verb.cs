using System.CommandLine;

namespace Tidegate.Cli;

/// <summary>One verb of the command line: its options and what it does. A verb that only has sub-verbs is a plain <see cref="Command"/>.</summary>
internal abstract class Verb : Command
{
    /// <param name="name">The word typed.</param>
    /// <param name="description">What it does, one line, for help.</param>
    protected Verb(string name, string description)
        : base(name, description)
    {
    }

    /// <summary>Command lines worth showing in help, without the word <c>tidegate</c>.</summary>
    public virtual IReadOnlyList<string> Examples => [];

    /// <summary>Does the work. Ends with one of <see cref="ExitCode"/>, or throws <see cref="VerbFailure"/>.</summary>
    public abstract Task<int> RunAsync(VerbContext context);
}
