namespace Tidegate.Insight.Objectives.Endpoints;

/// <summary>Body of a replay.</summary>
internal sealed record ReplayBody
{
    /// <summary>Proposed documents, with the names findings are to show. What they do not name is as it is in force.</summary>
    public required IReadOnlyList<FileBody> Files { get; init; }

    /// <summary>From when on: a time, or how long ago. Default 30d.</summary>
    public string Since { get; init; } = "30d";

    /// <summary>Until when; null: now.</summary>
    public string? Until { get; init; }

    /// <summary>Files of OpenSLO are read leniently. Default false.</summary>
    public bool Lenient { get; init; }

    /// <summary>One file.</summary>
    internal sealed record FileBody(string Name, string Text);
}
