using System.ComponentModel.DataAnnotations;
using Tidegate.Core.Resources.OpenSlo.Indicators;
using Tidegate.Core.Resources.Schema;

namespace Tidegate.Core.Resources.OpenSlo.DataSources;

/// <summary>Kind <c>DataSource</c> of OpenSLO v1: how a source of metrics is reached.</summary>
public sealed record DataSourceConfig
{
    /// <summary>What it is, at most 1,050 characters. Default empty.</summary>
    [MaxLength(1050)]
    public string Description { get; init; } = "";

    /// <summary>Kind of source: <c>prometheus</c>, in any case.</summary>
    public required string Type { get; init; }

    /// <summary>How it is reached. Its keys are those of the type; credentials are references.</summary>
    [Secret(PlainAllowed = true)]
    [FreeKeys(typeof(PrometheusConnectionConfig))]
    public FreeBlock ConnectionDetails { get; init; } = FreeBlock.Empty;
}
