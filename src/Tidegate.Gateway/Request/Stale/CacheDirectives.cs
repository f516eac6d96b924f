using System.Globalization;
using System.Runtime.InteropServices;

namespace Tidegate.Gateway.Request.Stale;

/// <summary>The directives of <c>Cache-Control</c> that matter here (RFC 9111, section 5.2). What cannot be read is taken for the stricter.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct CacheDirectives(bool NoStore, bool NoCache, bool Private, bool Public, bool MustRevalidate, long? MaxAge, long? SharedMaxAge)
{
    /// <summary>Reads one or more header lines, joined by commas.</summary>
    public static CacheDirectives Read(string text)
    {
        var found = default(CacheDirectives);
        var rest = text.AsSpan();
        while (!rest.IsEmpty)
        {
            var end = End(rest);
            found = found.With(rest[..end]);
            rest = end < rest.Length ? rest[(end + 1)..] : [];
        }

        return found;
    }

    private CacheDirectives With(ReadOnlySpan<char> directive)
    {
        var equals = directive.IndexOf('=');
        var name = (equals < 0 ? directive : directive[..equals]).Trim();
        var value = equals < 0 ? [] : directive[(equals + 1)..].Trim().Trim('"');
        // With a list of fields ("private=\"X-User\"") only these would be private; we keep all or nothing.
        if (Is(name, "no-store")) return this with { NoStore = true };
        if (Is(name, "no-cache")) return this with { NoCache = true };
        if (Is(name, "private")) return this with { Private = true };
        if (Is(name, "public")) return this with { Public = true };
        if (Is(name, "must-revalidate") || Is(name, "proxy-revalidate")) return this with { MustRevalidate = true };
        if (Is(name, "max-age")) return this with { MaxAge = Least(MaxAge, value) };
        return Is(name, "s-maxage") ? this with { SharedMaxAge = Least(SharedMaxAge, value) } : this;
    }

    // Said twice, the shorter; no number is none left.
    private static long Least(long? before, ReadOnlySpan<char> value)
    {
        var seconds = long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var read) ? Math.Min(read, int.MaxValue) : 0;
        return Math.Min(before ?? seconds, seconds);
    }

    // The next comma that does not stand in quotes.
    private static int End(ReadOnlySpan<char> text)
    {
        var quoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '"') quoted = !quoted;
            else if (text[i] == '\\' && quoted) i++;
            else if (text[i] == ',' && !quoted) return i;
        }

        return text.Length;
    }

    private static bool Is(ReadOnlySpan<char> name, ReadOnlySpan<char> word) => name.Equals(word, StringComparison.OrdinalIgnoreCase);
}
