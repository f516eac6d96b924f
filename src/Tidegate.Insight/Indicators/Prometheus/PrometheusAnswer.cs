using System.Globalization;
using System.Text.Json;

namespace Tidegate.Insight.Indicators.Prometheus;

/// <summary>What a server says to a range query: series on a grid of times. Believed only as far as it fits the question.</summary>
internal static class PrometheusAnswer
{
    /// <summary>Series of values by place in the grid; null where a series has no point.</summary>
    /// <param name="json">The answer.</param>
    /// <param name="first">Time of the first point asked for.</param>
    /// <param name="step">Distance of points.</param>
    /// <param name="points">How many were asked for.</param>
    /// <exception cref="FormatException">The answer is not one to this question; the message says why, without a subject.</exception>
    public static IReadOnlyList<double?[]> Read(ReadOnlyMemory<byte> json, DateTimeOffset first, TimeSpan step, int points)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            if (Text(root, "status") != "success") throw Wrong("answered without status success");
            var data = root.TryGetProperty("data", out var found) ? found : throw Wrong("answered without data");
            if (Text(data, "resultType") is not "matrix" and var type) throw Wrong($"answered with a {Cut(type ?? "nothing")} where a matrix was asked for");
            return [.. data.GetProperty("result").EnumerateArray().Select(series => Series(series, first, step, points))];
        }
        catch (Exception wrong) when (wrong is JsonException or KeyNotFoundException or InvalidOperationException or IndexOutOfRangeException)
        {
            throw Wrong("answered with something that is no answer of the Prometheus API");
        }
    }

    /// <summary>What an error says; null when it says nothing that can be read.</summary>
    public static string? Error(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return Text(document.RootElement, "error") is { Length: > 0 } error ? Cut(error) : null;
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static double?[] Series(JsonElement series, DateTimeOffset first, TimeSpan step, int points)
    {
        var values = new double?[points];
        if (!series.TryGetProperty("values", out var pairs))
            throw Wrong(series.TryGetProperty("histograms", out _) ? "answered with histograms where numbers were asked for: take a histogram_quantile, histogram_count or histogram_fraction of them" : "answered with a series without values");
        foreach (var pair in pairs.EnumerateArray())
        {
            var at = pair[0].GetDouble();
            var place = (at - first.ToUnixTimeMilliseconds() / 1000d) / step.TotalSeconds;
            var index = (int)Math.Round(place);
            if (!(Math.Abs(place - index) < 0.001) || index < 0 || index >= points) throw Wrong(string.Create(CultureInfo.InvariantCulture, $"answered with a point at {at}, which was not asked for"));
            if (values[index] is not null) throw Wrong(string.Create(CultureInfo.InvariantCulture, $"answered with two points at {at} in one series"));
            values[index] = Number(pair[1].GetString()!);
        }

        return values;
    }

    private static double Number(string text) => text switch
    {
        "NaN" => double.NaN,
        "+Inf" or "Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        _ => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : throw Wrong($"answered with \"{Cut(text)}\" where a number was asked for"),
    };

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string Cut(string text) => new([.. text.Take(300).Select(c => char.IsControl(c) ? ' ' : c)]);

    private static FormatException Wrong(string what) => new(what);
}
