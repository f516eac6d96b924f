using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Tidegate.Core.Resources.Schema;

namespace Tidegate.Core.Resources.Prompts;

/// <summary>One version of a prompt: all that decides what a model is told, and how.</summary>
public sealed record PromptVersionConfig
{
    /// <summary>Its name, such as <c>"2"</c> or <c>2026-03</c>: small letters, digits, <c>-</c>, <c>_</c> and <c>.</c>.</summary>
    public required string Version { get; init; }

    /// <summary>What is new in it.</summary>
    public string? Description { get; init; }

    /// <summary>Share of the calls that pin no version, from 0 to 1, while another version is released. Null (default): none.</summary>
    [Range(0.0, 1.0)]
    public double? Canary { get; init; }

    /// <summary>Model alias that answers.</summary>
    [Reference("Model")]
    public required string Model { get; init; }

    /// <summary>The conversation, in order. Messages that are blank once rendered are left out.</summary>
    [MinLength(1)]
    public required IReadOnlyList<PromptMessageConfig> Messages { get; init; }

    /// <summary>The blanks of its templates.</summary>
    public IReadOnlyList<VariableConfig> Variables { get; init; } = [];

    /// <summary>Sets of values, for the OpenAPI document and for trying it out.</summary>
    public IReadOnlyList<PromptExampleConfig> Examples { get; init; } = [];

    /// <summary>JSON Schema (an object) of the answer. It is asked for, and enforced: an answer of another shape is asked for once more, then the call fails. Null (default): free text.</summary>
    public JsonElement? Output { get; init; }

    /// <summary>Sampling temperature; 0 lets a model's <c>cache</c> keep its answers. Null (default): the model's own.</summary>
    [Range(0.0, 2.0)]
    public double? Temperature { get; init; }

    /// <summary>Nucleus sampling. Null (default): the model's own.</summary>
    [Range(0.0, 1.0)]
    public double? TopP { get; init; }

    /// <summary>Most tokens of an answer. Null (default): the model's own limit.</summary>
    [Range(1, 10000000)]
    public int? MaxTokens { get; init; }

    /// <summary>Texts that end the answer.</summary>
    public IReadOnlyList<string> Stop { get; init; } = [];

    /// <summary>Seed of the sampling. Null (default): none.</summary>
    public long? Seed { get; init; }

    /// <summary>How long models that reason think: <c>low</c>, <c>medium</c>, <c>high</c> or <c>minimal</c>, <c>none</c>. Null (default): the model's own.</summary>
    [AllowedValues("none", "minimal", "low", "medium", "high")]
    public string? ReasoningEffort { get; init; }
}
