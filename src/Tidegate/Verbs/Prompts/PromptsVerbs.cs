using System.CommandLine;

namespace Tidegate.Verbs.Prompts;

/// <summary><c>tidegate prompts</c> and its sub-verbs.</summary>
internal static class PromptsVerbs
{
    public static Command All => new("prompts", "Prompts: what there is, what they render to, which version is released.")
    {
        new PromptsListVerb(), new PromptsShowVerb(), new PromptsRenderVerb(), new PromptsReleaseVerb(), new PromptsRollbackVerb(),
    };
}
