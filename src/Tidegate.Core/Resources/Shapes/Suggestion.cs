namespace Tidegate.Core.Resources.Shapes;

/// <summary>The legal word nearest to what was written.</summary>
public static class Suggestion
{
    /// <summary><c> Did you mean "retry"?</c>, or nothing when no word is near.</summary>
    public static string For(string written, IEnumerable<string> legal) => Nearest(written, legal) is { } word ? $" Did you mean \"{word}\"?" : "";

    /// <summary>The nearest word, or null when none is near enough to be meant.</summary>
    public static string? Nearest(string written, IEnumerable<string> legal)
    {
        if (written.Length > 64) return null;
        var plain = Plain(written);
        int most = Math.Max(1, written.Length / 3); // one typing error in three letters
        return legal
            .Select(word => (word, distance: string.Equals(Plain(word), plain, StringComparison.Ordinal) ? 0 : Distance(plain, Plain(word))))
            .Where(c => c.distance <= most)
            .OrderBy(c => c.distance)
            .ThenBy(c => c.word, StringComparer.Ordinal)
            .Select(c => c.word)
            .FirstOrDefault();
    }

    // max_attempts, max-attempts and MaxAttempts all mean maxAttempts.
    private static string Plain(string word) => new([.. word.Where(char.IsAsciiLetterOrDigit).Select(char.ToLowerInvariant)]);

    /// <summary>Optimal string alignment: insert, remove, replace, swap neighbours.</summary>
    private static int Distance(string a, string b)
    {
        var d = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++) d[i, 0] = i;
        for (int j = 0; j <= b.Length; j++) d[0, j] = j;
        for (int i = 1; i <= a.Length; i++)
        {
            for (int j = 1; j <= b.Length; j++)
            {
                int cost = a[i - 1] == b[j - 1] ? 0 : 1;
                d[i, j] = Math.Min(Math.Min(d[i - 1, j] + 1, d[i, j - 1] + 1), d[i - 1, j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
            }
        }

        return d[a.Length, b.Length];
    }
}
