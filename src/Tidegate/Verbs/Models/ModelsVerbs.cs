using System.CommandLine;

namespace Tidegate.Verbs.Models;

/// <summary><c>tidegate models</c> and its sub-verbs.</summary>
internal static class ModelsVerbs
{
    public static Command All => new("models", "The catalogue of models and prices calls are billed by.") { new ModelsListVerb(), new ModelsShowVerb(), new ModelsRefreshVerb() };
}
