using System.CommandLine;

namespace Tidegate.Verbs.Policies;

/// <summary><c>tidegate policies</c> and its sub-verbs.</summary>
internal static class PoliciesVerbs
{
    public static Command All => new("policies", "What is done when an error budget runs low.") { new PoliciesListVerb(), new PoliciesShowVerb(), new PoliciesResetVerb() };
}
