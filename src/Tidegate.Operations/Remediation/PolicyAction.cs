namespace Tidegate.Operations.Remediation;

/// <summary>Something that a rule does, did, or would do.</summary>
public sealed record PolicyAction
{
    /// <summary><c>overlay</c> for all that changes traffic together, else the action's own word: <c>notify</c>, <c>incident</c>, <c>postmortem</c>, <c>freeze</c>.</summary>
    public required string Type { get; init; }

    /// <summary>
    /// <c>would</c> (the rule does not hold, or this is a dry run), <c>planned</c> (about to be done), <c>held</c> (waits for the limit of overlays), <c>done</c>, <c>reverted</c>, <c>refused</c> (its bounds or the
    /// document do not allow it), <c>revoked</c> (a person took it back) or <c>expired</c> (it was taken back at its time, and the budget had not recovered).
    /// </summary>
    public required string State { get; init; }

    /// <summary>What it is, in words: <c>split of Route/shop: v1 80 % to 100 %, v2 20 % to 0 %</c>.</summary>
    public required string Text { get; init; }

    /// <summary>Ids of what it made: an overlay, an incident, freezes; or of the incidents whose post-mortems it made mandatory. Empty before.</summary>
    public IReadOnlyList<string> Made { get; init; } = [];

    /// <summary>Why it is held, refused, revoked or expired; empty otherwise.</summary>
    public string Reason { get; init; } = "";

    /// <summary>When it got into this state; null while it has none of its own.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>When it takes itself back; null when it does not.</summary>
    public DateTimeOffset? Until { get; init; }
}
