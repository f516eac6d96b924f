using System.Globalization;

namespace Tidegate.Insight.Indicators.Probes.Kinds;

/// <summary>Host and port as documents write them.</summary>
internal static class HostPort
{
    /// <summary>The parts of <c>host:port</c>, or of <c>[v6]:port</c>.</summary>
    public static (string Host, int Port) Of(string target, int usual = 0)
    {
        var colon = target.LastIndexOf(':');
        var isBare = colon < 0 || (target.Contains(':', StringComparison.Ordinal) && target.IndexOf(':', StringComparison.Ordinal) != colon && !target.Contains(']', StringComparison.Ordinal));
        if (isBare || target.EndsWith(']')) return (target.Trim('[', ']'), usual);
        return (target[..colon].Trim('[', ']'), int.Parse(target.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture));
    }
}
