using System.Globalization;
using System.Text;

namespace Tidegate.Gateway.Models.Shadows;

/// <summary>
/// How much two texts have in common: the Sørensen-Dice coefficient of their words, each counted as often as it stands there, 2 x common / (words of one + words of the other). The order of words
/// does not count, nor do case and punctuation. Words are runs of letters, marks and digits; letters of scripts without case, which often have no spaces either, stand for themselves.
/// </summary>
internal static class WordSimilarity
{
    /// <summary>0 to 1 in thousandths, rounded down: 1 only for the same words. Two texts without any are the same.</summary>
    public static decimal Of(string one, string other)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        var (words, common) = (0L, 0L);
        foreach (var word in Words(one))
        {
            counts[word] = counts.GetValueOrDefault(word) + 1;
            words++;
        }

        foreach (var word in Words(other))
        {
            words++;
            if (counts.GetValueOrDefault(word) is not (> 0 and var left)) continue;
            counts[word] = left - 1;
            common++;
        }

        return words == 0 ? 1 : 2000 * common / words / 1000m;
    }

    private static IEnumerable<string> Words(string text)
    {
        var word = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            var isAlone = Rune.GetUnicodeCategory(rune) == UnicodeCategory.OtherLetter;
            if (!isAlone && (Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark))
            {
                word.Append(Rune.ToLowerInvariant(rune).ToString());
                continue;
            }

            if (word.Length > 0) yield return word.ToString();
            word.Clear();
            if (isAlone) yield return rune.ToString();
        }

        if (word.Length > 0) yield return word.ToString();
    }
}
