using System.Buffers;

namespace Tidegate.Models.Guardrails.Detectors;

/// <summary>Words and phrases in any case, as whole words; the longest that fits.</summary>
internal sealed class KeywordDetector(IReadOnlyList<string> words) : Detector
{
    private readonly string[] _words = [.. words.Select(w => w.Trim()).Where(w => w.Length > 0).OrderByDescending(w => w.Length)];
    private readonly SearchValues<char> _starts = SearchValues.Create([.. words.Select(w => w.Trim()).Where(w => w.Length > 0).SelectMany(w => new[] { char.ToUpperInvariant(w[0]), char.ToLowerInvariant(w[0]) })]);

    protected override SearchValues<char> Starts => _starts;

    public override Found Match(ref TextView text)
    {
        foreach (var word in _words)
        {
            if (char.IsLetterOrDigit(word[0]) && text.IsWord(-1)) continue;
            if (!text.Follows(0, word)) continue;
            if (!char.IsLetterOrDigit(word[^1]) || !text.IsWord(word.Length)) return Found.Of(word.Length);
        }

        return Found.Nothing;
    }
}
