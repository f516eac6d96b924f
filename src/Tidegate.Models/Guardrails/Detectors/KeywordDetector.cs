using System.Buffers;

namespace Tidegate.Models.Guardrails.Detectors;

/// <summary>Words and phrases in any case, as whole words, with any white space between them; the longest that fits.</summary>
internal sealed class KeywordDetector(IReadOnlyList<string> words) : Detector
{
    private const int MostBlanks = 16; // between two words of a phrase

    private readonly string[] _words = [.. words.Select(w => string.Join(' ', w.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))).Where(w => w.Length > 0).OrderByDescending(w => w.Length)];
    private readonly SearchValues<char> _starts = SearchValues.Create([.. words.Select(w => w.Trim()).Where(w => w.Length > 0).SelectMany(w => new[] { char.ToUpperInvariant(w[0]), char.ToLowerInvariant(w[0]) })]);

    protected override SearchValues<char> Starts => _starts;

    public override Found Match(ref TextView text)
    {
        foreach (var word in _words)
        {
            if (char.IsLetterOrDigit(word[0]) && text.IsWord(-1)) continue;
            var length = LengthOf(word, ref text);
            if (length > 0 && (!char.IsLetterOrDigit(word[^1]) || !text.IsWord(length))) return Found.Of(length);
        }

        return Found.Nothing;
    }

    // 0 when the text is another.
    private static int LengthOf(string word, ref TextView text)
    {
        var at = 0;
        foreach (var c in word)
        {
            if (c == ' ')
            {
                var from = at;
                while (at - from < MostBlanks && text[at] is >= 0 and var blank && char.IsWhiteSpace((char)blank)) at++;
                if (at == from) return 0;
            }
            else if (text[at] is not (>= 0 and var told) || char.ToUpperInvariant((char)told) != char.ToUpperInvariant(c)) return 0;
            else at++;
        }

        return at;
    }
}
