using System.Text.RegularExpressions;

namespace Tidegate.Models.Guardrails.Detectors;

/// <summary>
/// A regular expression, without backtracking: time grows with the text and not with what is in it. Nobody can tell whether it could still begin in the last characters
/// of a stream, so as many as its longest match has are kept back.
/// </summary>
internal sealed class RegexDetector(string pattern, int mostLength) : Detector
{
    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(1);

    private readonly Regex _regex = new(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, MostTime);

    public override int Next(ReadOnlySpan<char> text, int from, bool isLast)
    {
        var found = text.Length;
        foreach (var match in _regex.EnumerateMatches(text, from))
        {
            if (match.Length == 0) continue;
            found = match.Index;
            break;
        }

        return isLast ? found : Math.Min(found, Math.Max(from, text.Length - mostLength));
    }

    public override Found Match(ref TextView text)
    {
        var window = text.Window(mostLength + 1, out var start);
        foreach (var match in _regex.EnumerateMatches(window, start))
        {
            if (match.Index > start) break;
            if (match.Length > 0) return Found.Of(Math.Min(match.Length, mostLength));
        }

        return Found.Nothing;
    }
}
