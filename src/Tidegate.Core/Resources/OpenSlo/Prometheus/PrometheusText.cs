using System.Globalization;

namespace Tidegate.Core.Resources.OpenSlo.Prometheus;

/// <summary>How Prometheus writes things.</summary>
internal static class PrometheusText
{
    private static readonly (string Unit, long Ticks)[] Units = [("d", TimeSpan.TicksPerDay), ("h", TimeSpan.TicksPerHour), ("m", TimeSpan.TicksPerMinute), ("s", TimeSpan.TicksPerSecond)];

    /// <summary>In the largest unit that gives a whole number: <c>90m</c>, <c>3d</c>.</summary>
    public static string Duration(TimeSpan time)
    {
        var (unit, size) = Units.Where(u => time.Ticks >= u.Ticks && time.Ticks % u.Ticks == 0).DefaultIfEmpty(Units[^1]).First();
        return string.Create(CultureInfo.InvariantCulture, $"{Math.Max(1, time.Ticks / size)}{unit}");
    }

    public static string Number(decimal number) => number.ToString("0.############", CultureInfo.InvariantCulture);

    public static string Quoted(string text) => $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)}\"";

    /// <summary>A matcher that takes one of several values.</summary>
    public static string OneOf(string label, IReadOnlyList<string> values) =>
        values.Count == 1 ? $"{label}={Quoted(values[0])}" : $"{label}=~{Quoted(string.Join('|', values.Select(Escaped)))}";

    /// <summary>A text for a comment.</summary>
    public static string OneLine(string text) => new([.. text.Select(c => char.IsControl(c) || c is '\u2028' or '\u2029' ? ' ' : c)]);

    /// <summary>A text for a label or an annotation of an alert, which Prometheus takes for a template: as it is.</summary>
    public static string Plain(string text) => text.Replace("{{", "{{\"{{\"}}", StringComparison.Ordinal);

    /// <summary>A legal name of a label: what is not a letter or digit becomes <c>_</c>. Names that begin with two of them are Prometheus' own.</summary>
    public static string LabelName(string key)
    {
        var name = new string([.. key.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_')]);
        if (name.StartsWith("__", StringComparison.Ordinal)) name = "_" + name.TrimStart('_');
        return name.Length == 0 || char.IsAsciiDigit(name[0]) ? "_" + name : name;
    }

    // RE2, which Prometheus matches with: only what it takes for more than itself.
    private static string Escaped(string text) => string.Concat(text.Select(c => @"\.+*?()|[]{}^$".Contains(c, StringComparison.Ordinal) ? $"\\{c}" : c.ToString()));
}
