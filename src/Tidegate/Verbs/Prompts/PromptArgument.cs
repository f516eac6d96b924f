using System.CommandLine;

namespace Tidegate.Verbs.Prompts;

/// <summary>The prompt a verb is about.</summary>
internal static class PromptArgument
{
    public static Argument<string> Make() => new("name") { Description = "Name of the prompt; 'tidegate prompts list' shows them" };
}
