using Tidegate.Core.Resources.Reading;

namespace Tidegate.Platform.ConfigStore;

/// <summary>Texts that somebody would like to be the configuration.</summary>
public sealed record Candidate
{
    /// <summary>The texts; what they do not name is removed, unless <see cref="Partial"/>.</summary>
    public required IReadOnlyList<SourceText> Texts { get; init; }

    /// <summary>Objects the texts do not name stay as they are. Default false.</summary>
    public bool Partial { get; init; }

    /// <summary>The texts may be without any object although there is something in force. Default false: such a candidate is refused.</summary>
    public bool AllowEmpty { get; init; }

    /// <summary>Objects of OpenSLO are read leniently: what is forgiven is a warning. Default false.</summary>
    public bool Lenient { get; init; }

    /// <summary>Revision the author looked at; another one in force refuses the candidate. Null: whatever is in force.</summary>
    public long? Parent { get; init; }

    /// <summary>Why, in the author's words.</summary>
    public string Message { get; init; } = "";
}
