using Tidegate.Core.Calls;

namespace Tidegate.Insight.CallLog.Filter;

/// <summary><c>path ~ "checkout basket"</c>: every word is somewhere in it, in any case.</summary>
internal sealed class TextHas(TextField field, string words) : CallFilter
{
    private readonly string[] _words = WordsOf(words);

    /// <summary>The words of a search, in lower case.</summary>
    public static string[] WordsOf(string words) => words.ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    public override bool Matches(CallRecord call)
    {
        var text = field.Read(call).ToLowerInvariant();
        return Array.TrueForAll(_words, word => text.Contains(word, StringComparison.Ordinal));
    }

    internal override void Write(SqlText sql)
    {
        sql.Add("true");
        foreach (var word in _words) sql.Add(" AND contains(lower(").Add(field.Column).Add("), ").Value(word).Add(")");
    }
}
