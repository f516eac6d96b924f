namespace Tidegate.Core.Resources.Reading;

/// <summary>A value of a configuration text with its place: what YAML and JSON have in common.</summary>
internal abstract class Node(string file, int line, int column)
{
    public int Line { get; } = line;

    public int Column { get; } = column;

    /// <summary>Values below and including this one; an alias counts as much as what it stands for.</summary>
    public abstract long Size { get; }

    /// <summary>What it is, for messages: <c>a list</c>.</summary>
    public abstract string Description { get; }

    public SourcePosition Position => new(file, Line, Column);
}
