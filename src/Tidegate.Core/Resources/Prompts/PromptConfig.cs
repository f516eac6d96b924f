using System.ComponentModel.DataAnnotations;
using Tidegate.Core.Resources.Schema;

namespace Tidegate.Core.Resources.Prompts;

/// <summary>Kind <c>Prompt</c>: a conversation with blanks, published as an endpoint: callers send values by JSON and get the model's answer. Served by every route with <c>models</c> that takes its path.</summary>
public sealed record PromptConfig
{
    /// <summary>What it is for, in a sentence; shown in its OpenAPI document.</summary>
    public string? Description { get; init; }

    /// <summary>Path of its endpoint, without parameters. Default <c>/v1/prompts/{name}</c>. Below it: <c>/versions/{version}</c> for a pinned version, and <c>openapi.json</c> of both.</summary>
    public string? Path { get; init; }

    /// <summary>Consumers that may call it. Empty (default): all that may use its model.</summary>
    [Reference("Consumer")]
    public IReadOnlyList<string> Consumers { get; init; } = [];

    /// <summary>Version that answers calls which pin none. Rolling back is naming an older one.</summary>
    public required string Release { get; init; }

    /// <summary>All versions that can be called, side by side.</summary>
    [MinLength(1)]
    public required IReadOnlyList<PromptVersionConfig> Versions { get; init; }
}
