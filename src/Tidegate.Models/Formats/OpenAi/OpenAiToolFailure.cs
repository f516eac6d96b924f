using Tidegate.Models.Chat;

namespace Tidegate.Models.Formats.OpenAi;

/// <summary>OpenAI's formats have no mark for a tool that failed: the model reads it in the words.</summary>
internal static class OpenAiToolFailure
{
    /// <summary>The parts of a result, with the word "Error" in front when it failed and does not say so itself.</summary>
    public static IReadOnlyList<Part> Tell(ToolResultPart result)
    {
        if (!result.IsError) return result.Parts;
        if (result.Parts is not [TextPart first, ..]) return [new TextPart("Error"), .. result.Parts];
        return first.Text.StartsWith("error", StringComparison.OrdinalIgnoreCase) ? result.Parts : [first with { Text = "Error: " + first.Text }, .. result.Parts.Skip(1)];
    }
}
