using System.Buffers;

namespace Tidegate.Core.Calls;

/// <summary>The rules of the W3C <c>tracestate</c> header: the gateway adds nothing to it, but passes on only what is valid and within limits.</summary>
public static class TraceState
{
    /// <summary>Most members; more make the header invalid.</summary>
    public const int MaxMembers = 32;

    /// <summary>Characters passed on at least, and here at most.</summary>
    public const int MaxLength = 512;

    private const int MaxKey = 256, MaxValue = 256, LongMember = 128;
    private static readonly SearchValues<char> KeyStart = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789");
    private static readonly SearchValues<char> KeyRest = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789_-*/@");
    private static readonly SearchValues<char> Value = SearchValues.Create([.. Enumerable.Range(' ', '~' - ' ' + 1).Select(c => (char)c).Where(c => c is not (',' or '='))]);

    /// <summary>
    /// The header to pass on: the same string when it is valid and short enough; without its longest and then its last members when it is too long;
    /// empty when it is missing or invalid. Several headers are joined with commas before.
    /// </summary>
    public static string Normalize(string? header)
    {
        if (string.IsNullOrWhiteSpace(header)) return "";
        var count = 0;
        foreach (var range in header.AsSpan().Split(','))
        {
            var member = header.AsSpan(range).Trim(" \t");
            if (member.IsEmpty) continue;
            if (++count > MaxMembers || !IsMember(member)) return "";
        }
        return count == 0 ? "" : header.Length <= MaxLength ? header : Shorten(header);
    }

    private static bool IsMember(ReadOnlySpan<char> member)
    {
        var equals = member.IndexOf('=');
        if (equals is < 1 or > MaxKey) return false;
        var key = member[..equals];
        var value = member[(equals + 1)..];
        return KeyStart.Contains(key[0]) && !key.ContainsAnyExcept(KeyRest)
            && value.Length is > 0 and <= MaxValue && !value.ContainsAnyExcept(Value);
    }

    // In the order the standard gives: members over 128 characters first, then from the end.
    private static string Shorten(string header)
    {
        var members = header.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).ToList();
        var length = members.Sum(m => m.Length + 1) - 1;
        for (var i = members.Count - 1; i >= 0 && length > MaxLength; i--)
        {
            if (members[i].Length <= LongMember) continue;
            length -= members[i].Length + 1;
            members.RemoveAt(i);
        }
        while (length > MaxLength)
        {
            length -= members[^1].Length + 1;
            members.RemoveAt(members.Count - 1);
        }
        return string.Join(',', members);
    }
}
