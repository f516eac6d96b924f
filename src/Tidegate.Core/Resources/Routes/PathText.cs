namespace Tidegate.Core.Resources.Routes;

/// <summary>What may stand in the path of a route, rewrite or redirect (RFC 3986 §3.3).</summary>
internal static class PathText
{
    /// <summary>What is wrong with literal text of a path, or null.</summary>
    public static string? Problem(string text)
    {
        foreach (char c in text)
        {
            if (c is '?' or '#') return $"\"{text}\": a path ends before '{c}'; match queries under match.query.";
            if (c is ' ' or '\\' || char.IsControl(c)) return $"\"{text}\": blanks, backslashes and control characters are not legal in a path.";
            if (c == '*') return $"\"{text}\": '*' means nothing here; write {{name}} for one segment or {{**rest}} for the rest.";
        }

        return text is "." or ".." ? $"\"{text}\" is taken out of paths before they are matched, so it never matches." : null;
    }

    /// <summary>True for names parameters may have.</summary>
    public static bool IsParameterName(string name) =>
        name.Length > 0 && (char.IsAsciiLetter(name[0]) || name[0] == '_') && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
}
