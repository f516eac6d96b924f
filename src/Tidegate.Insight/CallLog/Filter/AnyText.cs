using Tidegate.Core.Calls;

namespace Tidegate.Insight.CallLog.Filter;

/// <summary>A quoted text alone: every word of it is in the path or in the error, in any case.</summary>
internal sealed class AnyText(string words) : CallFilter
{
    private readonly string[] _words = TextHas.WordsOf(words);

    public override bool Matches(CallRecord call)
    {
        var (path, error) = (call.Path.ToLowerInvariant(), call.Error.ToLowerInvariant());
        return Array.TrueForAll(_words, word => path.Contains(word, StringComparison.Ordinal) || error.Contains(word, StringComparison.Ordinal));
    }

    internal override void Write(SqlText sql)
    {
        sql.Add("true");
        foreach (var word in _words) sql.Add(" AND (contains(lower(path), ").Value(word).Add(") OR contains(lower(error), ").Value(word).Add("))");
    }
}
