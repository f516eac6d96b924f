using System.ComponentModel.DataAnnotations;

namespace Tidegate.Core.Resources.Providers;

/// <summary>A price. All numbers are per million tokens of <see cref="Currency"/>; a price that is not known is left out, and is not 0.</summary>
public sealed record ModelPriceConfig
{
    /// <summary>ISO 4217 code of the currency. Default USD.</summary>
    public string Currency { get; init; } = "USD";

    /// <summary>Input, per million tokens.</summary>
    [Range(0.0, 100000.0)]
    public decimal? InputPerMillion { get; init; }

    /// <summary>Input read from the provider's cache, per million tokens. Default: as other input.</summary>
    [Range(0.0, 100000.0)]
    public decimal? CachedInputPerMillion { get; init; }

    /// <summary>Input written to the provider's cache, per million tokens. Default: as other input.</summary>
    [Range(0.0, 100000.0)]
    public decimal? CacheWritePerMillion { get; init; }

    /// <summary>Output, per million tokens.</summary>
    [Range(0.0, 100000.0)]
    public decimal? OutputPerMillion { get; init; }

    /// <summary>Output that is reasoning, per million tokens. Default: as other output.</summary>
    [Range(0.0, 100000.0)]
    public decimal? ReasoningPerMillion { get; init; }

    /// <summary>Input that is sound, per million tokens. Default: as other input.</summary>
    [Range(0.0, 100000.0)]
    public decimal? AudioInputPerMillion { get; init; }

    /// <summary>Output that is sound, per million tokens. Default: as other output.</summary>
    [Range(0.0, 100000.0)]
    public decimal? AudioOutputPerMillion { get; init; }

    /// <summary>Per call, whatever its tokens. Default: nothing.</summary>
    [Range(0.0, 100000.0)]
    public decimal? PerCall { get; init; }
}
