using System.ComponentModel.DataAnnotations;
using Tidegate.Core.Resources.Schema;

namespace Tidegate.Core.Resources.Models;

/// <summary>Answers again what it has answered to the very same request. In memory, per node; emptied when the model or a guardrail changes.</summary>
public sealed record AnswerCacheConfig
{
    /// <summary>How long an answer is given again. Default 10 min.</summary>
    [DurationRange("1s", "30d")]
    public TimeSpan Ttl { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Most memory for answers; those not asked for the longest go first, one above an eighth of it is not kept. Default 64 MiB.</summary>
    [ByteSize]
    [Range(65536L, 1099511627776L)]
    public long MaxBytes { get; init; } = 64L << 20;

    /// <summary>True keeps answers that chance had a part in, too. Default false: only calls with temperature 0 or a seed, and operations without chance (embeddings, ranks, ...).</summary>
    public bool All { get; init; }

    /// <summary>Who gets an answer again. Default <c>consumer</c>: those who call as the consumer that got it first; anonymous callers are one.</summary>
    public AnswerCacheScope Scope { get; init; } = AnswerCacheScope.Consumer;
}
