using System.Text.RegularExpressions;

namespace Tidegate.Core.Resources.OpenSlo.Promql;

/// <summary>Cuts a query into pieces. A selector's braces and a range's brackets are one piece each: nothing can be nested in them.</summary>
internal static partial class PromqlLexer
{
    private const string Quoted = """("([^"\\\n]|\\.)*"|'([^'\\\n]|\\.)*'|`[^`]*`)""";
    private const string Span = "([0-9]+(ms|[smhdwy]))+";
    private const string Label = "[a-zA-Z_][a-zA-Z0-9_]*";
    private const string Matcher = $@"(({Label}|{Quoted})\s*(?<op>=~|!~|!=|=)\s*(?<value>{Quoted})|{Quoted})";

    /// <exception cref="FormatException">A piece is none of the language.</exception>
    public static List<PromqlToken> Read(string query)
    {
        var tokens = new List<PromqlToken>();
        for (var at = 0; at < query.Length;)
        {
            var piece = Piece().Match(query, at);
            if (!piece.Success) throw new FormatException(Unreadable(query[at], at));
            if (Kind(piece) is { } kind) tokens.Add(new PromqlToken(kind, piece.Value, at));
            at += piece.Length;
        }

        foreach (var token in tokens) Check(token);
        tokens.Add(new PromqlToken(PromqlTokenKind.End, "", query.Length));
        return tokens;
    }

    /// <summary>The query without its comments: a bracket put behind one would be part of it.</summary>
    public static string WithoutComments(string query) => query.Contains('#', StringComparison.Ordinal) ? Comment().Replace(query, "${quoted}").Trim() : query;

    private static PromqlTokenKind? Kind(Match piece)
    {
        foreach (var kind in Enum.GetValues<PromqlTokenKind>())
            if (piece.Groups[kind.ToString()].Success) return kind;
        return null;
    }

    private static string Unreadable(char c, int at) => c switch
    {
        '"' or '\'' or '`' => $"the text that begins at character {at + 1} is not closed",
        '{' or '[' => $"'{c}' (character {at + 1}) is not closed",
        _ => $"'{c}' (character {at + 1}) is not of PromQL",
    };

    private static void Check(PromqlToken token)
    {
        if (token.Kind is PromqlTokenKind.Number && !Number().IsMatch(token.Text)) throw new FormatException($"{token} is no number");
        if (token.Kind is PromqlTokenKind.Range && !Range().IsMatch(token.Text)) throw new FormatException($"{token} is no length of time such as [5m], or [1h:1m]");
        if (token.Kind is not PromqlTokenKind.Matchers) return;
        var matchers = Matchers().Match(token.Text);
        if (!matchers.Success) throw new FormatException($"{token} holds no matchers such as name=\"value\", with commas between them");
        var (operators, values) = (matchers.Groups["op"].Captures, matchers.Groups["value"].Captures);
        for (var i = 0; i < operators.Count; i++)
            if (operators[i].Value.EndsWith('~')) CheckRegex(values[i].Value, token);
    }

    /// <summary>What is no regular expression anywhere, or what RE2 leaves out on purpose.</summary>
    private static void CheckRegex(string value, PromqlToken token)
    {
        // Go's quoting differs in rare escapes only.
        var text = value[0] == '`' ? value[1..^1] : value[1..^1].Replace("\\\\", "\\", StringComparison.Ordinal);
        var bad = Lookaround().IsMatch(text);
        try
        {
            _ = new Regex(text, RegexOptions.None, TimeSpan.FromSeconds(1));
        }
        catch (RegexParseException e)
        {
            bad |= e.Error is RegexParseError.InsufficientClosingParentheses or RegexParseError.InsufficientOpeningParentheses or RegexParseError.UnterminatedBracket or RegexParseError.QuantifierAfterNothing or RegexParseError.NestedQuantifiersNotParenthesized;
        }

        if (bad) throw new FormatException($"{Reading.Echo.Of(value)} in {token} is no regular expression of Prometheus");
    }

    [GeneratedRegex(
        $@"\G(\s+|#[^\n]*|(?<Text>{Quoted})|(?<Number>(0[xX][0-9a-fA-F]+|([0-9][0-9_]*\.?[0-9_]*|\.[0-9]+)([eE][+-]?[0-9]+)?)[a-zA-Z0-9_.]*)|(?<Name>[a-zA-Z_:][a-zA-Z0-9_:]*)|(?<Matchers>\{{([^{{}}""'`]|{Quoted})*\}})|(?<Range>\[[^\]\[]*\])|(?<Symbol>==|!=|<=|>=|[-+*/%^<>(),@]))",
        RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Piece();

    [GeneratedRegex($@"(?<quoted>{Quoted})|#[^\n]*", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Comment();

    [GeneratedRegex($@"\A(0[xX][0-9a-fA-F]+|([0-9][0-9_]*\.?[0-9_]*|\.[0-9]+)([eE][+-]?[0-9]+)?|{Span})\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Number();

    [GeneratedRegex($@"\A\[\s*{Span}\s*(:\s*({Span})?\s*)?\]\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Range();

    [GeneratedRegex($@"\A\{{\s*({Matcher}\s*(,\s*{Matcher}\s*)*,?)?\s*\}}\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Matchers();

    [GeneratedRegex(@"\(\?(=|!|<=|<!|>)|\\[1-9]", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Lookaround();
}
