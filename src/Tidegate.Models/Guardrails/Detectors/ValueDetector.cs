using System.Buffers;

namespace Tidegate.Models.Guardrails.Detectors;

/// <summary>The values behind the placeholders of a call, as they are written. Of those that begin at the same place the longest counts.</summary>
internal sealed class ValueDetector(PlaceholderList placeholders) : Detector
{
    private readonly string[] _values = [.. placeholders.Values.OrderByDescending(v => v.Length)];
    private readonly SearchValues<string> _any = SearchValues.Create([.. placeholders.Values], StringComparison.Ordinal);

    public override int Next(ReadOnlySpan<char> text, int from, bool isLast)
    {
        var next = text[from..].IndexOfAny(_any);
        var whole = next < 0 ? text.Length : from + next;
        return isLast ? whole : Math.Min(whole, Math.Max(from, text.Length - _values[0].Length + 1)); // one may be beginning at the end
    }

    public override Found Match(ref TextView text)
    {
        foreach (var value in _values)
        {
            var at = 0;
            while (at < value.Length && text[at] == value[at]) at++;
            if (at == value.Length) return Found.Of(at);
        }

        return Found.Nothing;
    }
}
