using System.CommandLine;

namespace Tidegate.Cli;

/// <summary>A heading in the help and the verbs under it.</summary>
internal sealed record VerbGroup(string Title, IReadOnlyList<Command> Verbs);
