namespace Tidegate.Insight.CallLog.Filter;

/// <summary>Guesses what a mistyped word was meant to be.</summary>
internal static class Near
{
    /// <summary><c> Did you mean 'status'?</c>, or nothing when no word is near.</summary>
    public static string Hint(string typed, IEnumerable<string> known)
    {
        var best = known.Select(word => (Word: word, Distance: Distance(typed.ToLowerInvariant(), word.ToLowerInvariant()))).DefaultIfEmpty((Word: "", Distance: int.MaxValue)).MinBy(x => x.Distance);
        return best.Distance <= Math.Max(1, typed.Length / 3) ? $" Did you mean '{best.Word}'?" : "";
    }

    // Levenshtein with one row, and a swap of neighbours ("sttaus") counts once.
    private static int Distance(string a, string b)
    {
        var (before, previous, row) = (new int[b.Length + 1], new int[b.Length + 1], new int[b.Length + 1]);
        for (var j = 0; j <= b.Length; j++) row[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            (before, previous, row) = (previous, row, before);
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                row[j] = Math.Min(Math.Min(row[j - 1], previous[j]) + 1, previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) row[j] = Math.Min(row[j], before[j - 2] + 1);
            }
        }
        return row[b.Length];
    }
}
