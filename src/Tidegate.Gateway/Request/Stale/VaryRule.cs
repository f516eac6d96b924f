using System.Buffers;

namespace Tidegate.Gateway.Request.Stale;

/// <summary>The request headers an answer depends on (<c>Vary</c>, RFC 9110, section 12.5.5).</summary>
internal static class VaryRule
{
    // Nothing that serves people names more; each is hashed when an answer is looked for.
    private const int Most = 16;

    private static readonly SearchValues<char> Token = SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <summary>The names in small letters, in order, each once; null when no request is sure to have the same answer: an asterisk, what is no name, too many.</summary>
    public static string[]? Read(string text)
    {
        if (string.IsNullOrWhiteSpace(text)) return [];
        var names = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var part in text.AsSpan().Split(','))
        {
            var name = text.AsSpan(part).Trim();
            if (name.IsEmpty) continue;
            if (name is "*" || name.ContainsAnyExcept(Token)) return null;
            names.Add(name.ToString().ToLowerInvariant());
            if (names.Count > Most) return null;
        }

        return [.. names];
    }
}
