namespace Tidegate.Core.Resources.Prompts;

/// <summary>Where a prompt is published.</summary>
public static class PromptPath
{
    /// <summary>End of the path of an OpenAPI document.</summary>
    public const string DocumentEnd = "/openapi.json";

    /// <summary>Path of a prompt: its own, or the one made of its name.</summary>
    public static string Of(string name, PromptConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        return config.Path ?? $"/v1/prompts/{name}";
    }

    /// <summary>Path of a version that is pinned.</summary>
    public static string OfVersion(string path, string version) => $"{path}/versions/{version}";
}
