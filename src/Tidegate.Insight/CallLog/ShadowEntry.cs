using Tidegate.Core.Calls;

namespace Tidegate.Insight.CallLog;

/// <summary>How a mirrored call compares with the one it mirrors, the primary, as the API shows it. Null means "not known": no answer, or nothing to compare.</summary>
/// <param name="Of">Id of the call that was mirrored.</param>
/// <param name="PrimaryOutcome">What became of that.</param>
/// <param name="Finish">Why the shadow's answer ended.</param>
/// <param name="PrimaryFinish">Why the primary's did.</param>
/// <param name="SameTools">Both call tools of the same names.</param>
/// <param name="SchemaValid">The shadow's answer has the schema asked for.</param>
/// <param name="PrimarySchemaValid">The primary's has it.</param>
/// <param name="Similarity">What their texts have in common, 0 to 1.</param>
public sealed record ShadowEntry(string Of, string PrimaryOutcome, string Finish, string PrimaryFinish, bool? SameTools, bool? SchemaValid, bool? PrimarySchemaValid, decimal? Similarity)
{
    internal static ShadowEntry? From(ShadowComparison? shadow) => shadow is null ? null : new(
        shadow.Of.ToString("N"), shadow.PrimaryOutcome.Word(), shadow.Finish, shadow.PrimaryFinish, shadow.SameTools, shadow.SchemaValid, shadow.PrimarySchemaValid, shadow.Similarity);
}
