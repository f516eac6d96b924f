using System.Text;

namespace Tidegate.Insight.CallLog.Filter;

/// <summary>Cuts a filter into tokens.</summary>
internal static class FilterLexer
{
    // Longest first.
    private static readonly string[] Symbols = ["!=", "<>", "<=", ">=", "==", "!~", "^=", "=", "<", ">", "~", "(", ")", ","];

    public static List<FilterToken> Cut(string text)
    {
        var tokens = new List<FilterToken>();
        for (var at = 0; at < text.Length;)
        {
            if (char.IsWhiteSpace(text[at])) at++;
            else tokens.Add(Next(text, ref at));
        }
        tokens.Add(new(FilterTokenKind.End, new("", text.Length + 1)));
        return tokens;
    }

    private static FilterToken Next(string text, ref int at)
    {
        var start = at;
        if (text[at] is '"' or '\'') return new(FilterTokenKind.Quoted, Quoted(text, ref at));
        foreach (var symbol in Symbols)
        {
            if (!text.AsSpan(at).StartsWith(symbol, StringComparison.Ordinal)) continue;
            at += symbol.Length;
            return new(FilterTokenKind.Symbol, new(symbol, start + 1));
        }
        while (at < text.Length && IsWord(text[at])) at++;
        return at > start
            ? new(FilterTokenKind.Word, new(text[start..at], start + 1))
            : throw new FilterException(start + 1, $"'{text[start]}' has no meaning here.", text[start] is '&' or '|' or '!'
                ? "Join conditions with 'and' and 'or', turn them round with 'not'."
                : "Put values with unusual characters in quotes: path ~ \"a b\".");
    }

    private static FilterText Quoted(string text, ref int at)
    {
        var (start, quote) = (at, text[at]);
        var value = new StringBuilder();
        for (at++; at < text.Length; at++)
        {
            if (text[at] == quote)
            {
                at++;
                return new(value.ToString(), start + 1);
            }
            if (text[at] == '\\' && at + 1 < text.Length && (text[at + 1] == quote || text[at + 1] == '\\')) at++;
            value.Append(text[at]);
        }
        throw new FilterException(start + 1, $"The text that begins with {quote} has no end.", $"Close it with {quote}; a {quote} inside is written \\{quote}.");
    }

    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || c is '_' or '-' or '.' or ':' or '/' or '+' or '%' or '@' or '*';
}
