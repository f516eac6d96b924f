using System.CommandLine;

namespace Tidegate.Verbs.Breakers;

/// <summary><c>tidegate breakers</c> and its sub-verbs.</summary>
internal static class BreakersVerbs
{
    public static Command All => new("breakers", "Breakers of services and models, held open or closed by hand on a node.")
    {
        new BreakersListVerb(),
        new BreakersHoldVerb("open", "Let no call pass to a destination for a time: others take them."),
        new BreakersHoldVerb("close", "Let every call pass to a destination for a time, whatever its breaker has seen."),
        new BreakersReleaseVerb(),
    };
}
