using System.ComponentModel.DataAnnotations;
using Tidegate.Core.Resources.Schema;

namespace Tidegate.Core.Resources.Routes;

/// <summary>Keeps complete answers (GET, status 200) of the route's services, and gives them again when there is no other. In memory, per node; never to another caller, unless the answer says <c>Cache-Control: public</c>.</summary>
public sealed record StaleConfig
{
    /// <summary>How long after it came an answer may still be given. Default 1 h; an answer that says less by <c>s-maxage</c>, or by <c>must-revalidate</c> and <c>max-age</c>, is given no longer than that.</summary>
    [DurationRange("1s", "7d")]
    public TimeSpan KeepFor { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Largest body that is kept. Default 256 kB.</summary>
    [ByteSize]
    [Range(0L, 16_000_000L)]
    public long MaxBody { get; init; } = 256_000;

    /// <summary>Most memory for the answers of the route; those not asked for the longest go first. Default 16 MB. Answers that are still coming in may take as much again.</summary>
    [ByteSize]
    [Range(64_000L, 64_000_000_000L)]
    public long MaxBytes { get; init; } = 16_000_000;

    /// <summary>When a kept answer is given. Default <c>onError</c>.</summary>
    public StaleServe Serve { get; init; } = StaleServe.OnError;
}
