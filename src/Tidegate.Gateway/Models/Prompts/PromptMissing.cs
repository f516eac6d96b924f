using Tidegate.Core.Calls;
using Tidegate.Core.Resources.Shapes;
using Tidegate.Gateway.Request;

namespace Tidegate.Gateway.Models.Prompts;

/// <summary>Tells callers of a prompt or a version that there is not what there is. Prompts that are not for them are not named.</summary>
internal static class PromptMissing
{
    private const string Root = "/v1/prompts/", Versions = "/versions/";

    /// <summary>What a caller is told; null for paths that are none of prompts.</summary>
    public static Refusal? Refusal(GatewayCall call)
    {
        var path = call.Requested.Path.ToString();
        var visible = call.Snapshot.Models.Prompts.All.Where(p => p.Config.Consumers.Count == 0 || p.Config.Consumers.Contains(call.Caller.Consumer, StringComparer.Ordinal)).ToList();
        if (visible.Find(p => path.StartsWith(p.Path + Versions, StringComparison.Ordinal)) is { } prompt)
        {
            var version = Shorten(path[(prompt.Path.Length + Versions.Length)..].Split('/')[0]);
            return new Refusal(404, CallOutcome.NoRoute, "prompt_version_not_found", $"The prompt '{prompt.Name}' has no version '{version}' here. It has {string.Join(", ", prompt.Versions.Select(v => v.Config.Version))}.");
        }

        if (!path.StartsWith(Root, StringComparison.Ordinal)) return null;
        var name = Uri.UnescapeDataString(path[Root.Length..].Split('/')[0]);
        return new Refusal(404, CallOutcome.NoRoute, "prompt_not_found", $"There is no prompt '{Shorten(name)}' here.{Suggestion.For(name, visible.Select(p => p.Name))}");
    }

    private static string Shorten(string text) => text.Length <= 100 ? text : text[..100] + "...";
}
