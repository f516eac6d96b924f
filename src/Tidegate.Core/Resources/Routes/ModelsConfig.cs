using Tidegate.Core.Resources.Schema;

namespace Tidegate.Core.Resources.Routes;

/// <summary>Serves models: the route answers the paths of OpenAI, Anthropic, Gemini, Azure and Ollama below its match.</summary>
public sealed record ModelsConfig
{
    /// <summary>Aliases callers may use here. Empty (default): all.</summary>
    [Reference("Model")]
    public IReadOnlyList<string> Allow { get; init; } = [];

    /// <summary>Guardrails of all calls here, before those of the model. Empty (default): none.</summary>
    [Reference("Guardrail")]
    public IReadOnlyList<string> Guardrails { get; init; } = [];
}
