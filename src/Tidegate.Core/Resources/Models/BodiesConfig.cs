using System.ComponentModel.DataAnnotations;
using Tidegate.Core.Resources.Schema;

namespace Tidegate.Core.Resources.Models;

/// <summary>
/// What is kept of the bodies of a model's calls, beside their records: requests as guardrails left them, answers as callers got them but for values that guardrails had
/// tokenised; keys and secrets never, with or without a guardrail.
/// </summary>
public sealed record BodiesConfig
{
    /// <summary>Of which calls. Default <c>off</c>.</summary>
    public BodiesKeep Keep { get; init; } = BodiesKeep.Off;

    /// <summary>With <c>sampled</c>: share of the calls, 0 to 1. Default 0.01.</summary>
    [Range(0.0, 1.0)]
    public double Share { get; init; } = 0.01;

    /// <summary>Most bytes of text kept of a request, and of an answer; the rest is cut off. Default 64 KiB.</summary>
    [ByteSize]
    [Range(1024L, 1048576L)]
    public long MaxSize { get; init; } = 64 << 10;
}
