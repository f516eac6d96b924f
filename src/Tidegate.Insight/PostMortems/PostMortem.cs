namespace Tidegate.Insight.PostMortems;

/// <summary>What is learnt from an incident, and what is done about it.</summary>
public sealed record PostMortem
{
    /// <summary>Id of the incident.</summary>
    public required string Incident { get; init; }

    /// <summary>What the incident was, in a few words.</summary>
    public required string Title { get; init; }

    /// <summary>Since when it is mandatory; null when it is not.</summary>
    public DateTimeOffset? RequiredAt { get; init; }

    /// <summary>Who required it: a person, or <c>policy/NAME</c>; empty when nobody did.</summary>
    public string RequiredBy { get; init; } = "";

    /// <summary>Why it is mandatory; empty when it is not.</summary>
    public string Reason { get; init; } = "";

    /// <summary>What happened, why, and what was learnt, as Markdown; empty until it is written.</summary>
    public string Text { get; init; } = "";

    /// <summary>When it was written last; null until then.</summary>
    public DateTimeOffset? WrittenAt { get; init; }

    /// <summary>Who wrote it last; empty until then.</summary>
    public string WrittenBy { get; init; } = "";

    /// <summary>What is to be done, in the order of adding.</summary>
    public IReadOnlyList<ActionItem> Actions { get; init; } = [];

    /// <summary>True while it is mandatory and something is <see cref="Missing"/>.</summary>
    public bool IsDue => RequiredAt is not null && Missing.Count > 0;

    /// <summary>What a mandatory one still lacks: <c>text</c>, <c>p0_action</c>. Empty when nothing, or when it is not mandatory.</summary>
    public IReadOnlyList<string> Missing => RequiredAt is null ? [] : [.. WrittenAt is null ? ["text"] : Array.Empty<string>(), .. HasP0 ? Array.Empty<string>() : ["p0_action"]];

    /// <summary>Whether there is an action item of priority P0.</summary>
    internal bool HasP0 => Actions.Any(a => a.Priority == ActionPriority.P0);
}
