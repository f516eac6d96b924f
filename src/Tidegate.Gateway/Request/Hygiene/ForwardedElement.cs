using Microsoft.Extensions.Primitives;

namespace Tidegate.Gateway.Request.Hygiene;

/// <summary>Reads <c>Forwarded</c> (RFC 7239): elements separated by commas, pairs by semicolons; values may be quoted.</summary>
internal static class ForwardedElement
{
    /// <summary>The values of a parameter, one per element that has it, in order.</summary>
    public static List<string> All(StringValues header, string parameter)
    {
        var found = new List<string>();
        foreach (var line in header)
            foreach (var element in Split(line ?? "", ','))
                foreach (var pair in Split(element, ';'))
                {
                    var equals = pair.IndexOf('=', StringComparison.Ordinal);
                    if (equals > 0 && pair.AsSpan(0, equals).Trim().Equals(parameter, StringComparison.OrdinalIgnoreCase)) found.Add(pair[(equals + 1)..].Trim().Trim('"'));
                }

        return found;
    }

    /// <summary>The first of them, or null.</summary>
    public static string? First(StringValues header, string parameter) => header.Count == 0 ? null : All(header, parameter).FirstOrDefault();

    // Separators inside quotes separate nothing.
    private static IEnumerable<string> Split(string text, char separator)
    {
        var (start, quoted) = (0, false);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '"') quoted = !quoted;
            if (text[i] != separator || quoted) continue;
            yield return text[start..i];
            start = i + 1;
        }

        yield return text[start..];
    }
}
