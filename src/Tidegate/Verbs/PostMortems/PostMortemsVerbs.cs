using System.CommandLine;

namespace Tidegate.Verbs.PostMortems;

/// <summary><c>tidegate postmortems</c> and its sub-verbs.</summary>
internal static class PostMortemsVerbs
{
    public static Command All => new("postmortems", "What is learnt from incidents, and what is done about it; some are mandatory.")
    {
        new PostMortemsListVerb(), new PostMortemsShowVerb(), new PostMortemsRequireVerb(), new PostMortemsActionVerb(), new PostMortemsWriteVerb(),
    };
}
