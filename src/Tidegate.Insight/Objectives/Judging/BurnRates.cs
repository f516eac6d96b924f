using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Tidegate.Insight.Objectives.Judging;

/// <summary>Burn rates by window. Objectives with the same windows share their names: ten thousand are judged every ten seconds.</summary>
/// <param name="windows">Names of the windows, in ordinal order.</param>
/// <param name="rates">The rate of each; NaN where nothing is known.</param>
internal sealed class BurnRates(string[] windows, double[] rates) : IReadOnlyDictionary<string, double?>
{
    /// <inheritdoc/>
    public IEnumerable<string> Keys => windows;

    /// <inheritdoc/>
    public IEnumerable<double?> Values => rates.Select(Known);

    /// <inheritdoc/>
    public int Count => windows.Length;

    /// <inheritdoc/>
    public double? this[string key] => TryGetValue(key, out var rate) ? rate : throw new KeyNotFoundException($"There is no window {key}.");

    /// <inheritdoc/>
    public bool ContainsKey(string key) => Array.IndexOf(windows, key) >= 0;

    /// <inheritdoc/>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out double? value)
    {
        var place = Array.IndexOf(windows, key);
        value = place < 0 ? null : Known(rates[place]);
        return place >= 0;
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, double?>> GetEnumerator()
    {
        for (var i = 0; i < windows.Length; i++) yield return KeyValuePair.Create(windows[i], Known(rates[i]));
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static double? Known(double rate) => double.IsNaN(rate) ? null : rate;
}
