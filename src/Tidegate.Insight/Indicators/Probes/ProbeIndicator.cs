using System.Security.Cryptography;
using System.Text.Json;
using Tidegate.Core.Resources.OpenSlo.Indicators;
using Tidegate.Core.Resources.Schema;
using Tidegate.Platform.Hosting;

namespace Tidegate.Insight.Indicators.Probes;

/// <summary>A probe that objectives ask for. The same settings are one probe and one series, however many ask.</summary>
/// <param name="Config">What it asks.</param>
/// <param name="Series">Name of its series: kind, target, and a hash of all settings.</param>
internal sealed record ProbeIndicator(ProbeIndicatorConfig Config, string Series) : IndicatorBinding(Series, TextOf(Config))
{
    public static ProbeIndicator Of(ProbeIndicatorConfig config)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(config, ApiJson.Options)))[..8];
        return new ProbeIndicator(config, $"probe:{Word(config.Type)}:{config.Target}:{hash}");
    }

    /// <summary>The kind as documents write it.</summary>
    public static string Word(ProbeIndicatorType type) => type.ToString().ToLowerInvariant();

    private static string TextOf(ProbeIndicatorConfig config) =>
        $"{Word(config.Type)} probes of {config.Target} every {Duration.Format(config.Interval)} answered well within {Duration.Format(config.Timeout)}";
}
