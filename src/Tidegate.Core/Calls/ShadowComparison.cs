namespace Tidegate.Core.Calls;

/// <summary>How the answer of a mirrored call compares with the one its caller got, the primary. What the two used, cost and took stands on their records.</summary>
/// <param name="Of">Id of the call that was mirrored.</param>
public sealed record ShadowComparison(Guid Of)
{
    /// <summary>What became of the primary.</summary>
    public CallOutcome PrimaryOutcome { get; init; }

    /// <summary>Why the shadow's answer ended: <c>stop</c>, <c>length</c>, <c>tool_calls</c>, <c>content_filter</c>, <c>refusal</c>, <c>pause</c>, <c>other</c>; empty when there is no answer.</summary>
    public string Finish { get; init; } = "";

    /// <summary>Why the primary's answer ended; empty when there is none, or it was not kept.</summary>
    public string PrimaryFinish { get; init; } = "";

    /// <summary>Both call tools of the same names, as often; null when neither calls any, or one has no answer.</summary>
    public bool? SameTools { get; init; }

    /// <summary>The shadow's answer has the JSON schema asked for; null when none was asked for, or there is no answer.</summary>
    public bool? SchemaValid { get; init; }

    /// <summary>The same of the primary's.</summary>
    public bool? PrimarySchemaValid { get; init; }

    /// <summary>
    /// How much the two texts have in common, 0 to 1, to three decimals: the Sørensen-Dice coefficient of their words, 2 x common / (words of one + words of the other). Null when one has no answer.
    /// </summary>
    public decimal? Similarity { get; init; }
}
