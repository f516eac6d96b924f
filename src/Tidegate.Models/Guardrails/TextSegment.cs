using Tidegate.Models.Guardrails.Json;

namespace Tidegate.Models.Guardrails;

/// <summary>A text of a request or an answer, as it is shown to others.</summary>
/// <param name="Kind"><c>text</c>, <c>instructions</c> (of the system or the developer), <c>thought</c> or <c>data</c> (what tools are given and give).</param>
/// <param name="Text">The text; never empty.</param>
internal readonly record struct TextSegment(string Kind, string Text)
{
    /// <summary>A text of a region.</summary>
    public static TextSegment Of(JsonRegion region, string text) => new(region switch
    {
        JsonRegion.Instructions => "instructions",
        JsonRegion.Thoughts => "thought",
        JsonRegion.Free => "data",
        _ => "text",
    }, text);
}
