using Tidegate.Models.Chat;

namespace Tidegate.Models.Formats;

/// <summary>Tells what a format has no words for.</summary>
internal static class UnsaidWords
{
    /// <summary>Adds to the issues what of a request is not said.</summary>
    public static void Tell(this Unsaid unsaid, ChatRequest request, FormatIssues issues)
    {
        if (unsaid.HasFlag(Unsaid.User) && request.User is not null) issues.Hint("user", "the provider takes no ids of end users.");
        for (var i = 0; i < request.Tools.Count; i++)
            if (unsaid.HasFlag(Unsaid.Strict) && request.Tools[i].Strict is true) issues.Inexpressible($"tools[{i}].strict", "this provider does not promise arguments that follow the schema.");
        var hinted = request.Tools.Any(t => t.CacheHint is not null);
        for (var i = 0; i < request.Messages.Count; i++) Tell(unsaid, request.Messages[i].Parts, $"messages[{i}]", issues, ref hinted);
        if (hinted && unsaid.HasFlag(Unsaid.CacheHint)) issues.Hint("cache_control", "the provider keeps what it likes.");
    }

    private static void Tell(Unsaid unsaid, IReadOnlyList<Part> parts, string path, FormatIssues issues, ref bool hinted)
    {
        for (var i = 0; i < parts.Count; i++)
        {
            hinted |= parts[i].CacheHint is not null;
            if (parts[i] is ToolResultPart result) Tell(unsaid, result.Parts, $"{path}.parts[{i}]", issues, ref hinted);
            if (parts[i] is not MediaPart media) continue;
            if (unsaid.HasFlag(Unsaid.Detail) && media.Detail is not (null or "auto")) issues.Hint($"{path}.parts[{i}].detail", "the provider looks at images as it likes.");
            if (unsaid.HasFlag(Unsaid.Citations) && media.Cite) issues.Inexpressible($"{path}.parts[{i}].citations", "this provider does not cite documents of the conversation.");
        }
    }
}
