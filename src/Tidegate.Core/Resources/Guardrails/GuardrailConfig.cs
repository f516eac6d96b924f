using System.ComponentModel.DataAnnotations;

namespace Tidegate.Core.Resources.Guardrails;

/// <summary>Kind <c>Guardrail</c>: what is looked for in the texts of model calls, and what is done about it. Named by <c>guardrails</c> of a model or of a route's <c>models</c>.</summary>
public sealed record GuardrailConfig
{
    /// <summary>What is looked for. Where two begin at the same place the first one written counts.</summary>
    public IReadOnlyList<DetectConfig> Detect { get; init; } = [];

    /// <summary>Most characters of all texts of a request; more is refused. Default 0: no limit.</summary>
    [Range(0, 100000000)]
    public int MaxRequestLength { get; init; }

    /// <summary>Most characters of an answer, thoughts and tool arguments included; more is refused, in a stream from there on. Default 0: no limit.</summary>
    [Range(0, 100000000)]
    public int MaxAnswerLength { get; init; }

    /// <summary>Answers to requests that ask for JSON must have the shape asked for. One that has not is asked for once more, told what is wrong; then the call fails. Streams are shown when they are complete. Default false.</summary>
    public bool CheckSchema { get; init; }

    /// <summary>Outside guards, asked in order about what the lines above have left. Empty (default): none.</summary>
    public IReadOnlyList<WebhookConfig> Webhooks { get; init; } = [];

    /// <summary>Most characters of a stream that are kept back while something could still be beginning in them; nothing longer is found. Default 4096.</summary>
    [Range(64, 65536)]
    public int MaxHold { get; init; } = 4096;
}
