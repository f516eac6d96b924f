using System.ComponentModel.DataAnnotations;

namespace Tidegate.Core.Resources.OpenSlo.Indicators;

/// <summary>What makes the answer to a probe good.</summary>
public sealed record ProbeExpectConfig
{
    /// <summary>Status codes of an <c>http</c> probe. Empty (default): 200 to 399.</summary>
    [Range(100, 599)]
    public IReadOnlyList<int> Status { get; init; } = [];

    /// <summary>Text that the first 64 KiB of an <c>http</c> answer, or the answer of a <c>model</c>, must hold. Default: any.</summary>
    public string? Contains { get; init; }

    /// <summary>Days a certificate must still be valid. Default 7.</summary>
    [Range(0, 3650)]
    public int CertificateDays { get; init; } = 7;

    /// <summary>Values that a <c>dns</c> answer must hold, in any order. Empty (default): any answer.</summary>
    public IReadOnlyList<string> Records { get; init; } = [];
}
