using System.Buffers;

namespace Tidegate.Gateway.Request.Match;

/// <summary>
/// Paths that different servers read differently. Nearly every path is plain and read alike by all. The others are looked at a second time:
/// dot segments in any spelling are refused, and a path with encoded or doubled slashes, backslashes or path parameters (<c>;x</c>) passes only if the
/// same route takes it in its plainest reading too. So no spelling gets around the rules of a route.
/// </summary>
internal static class PathForm
{
    private static readonly SearchValues<char> Odd = SearchValues.Create("%\\;");

    /// <summary>True when there is only one way to read the path.</summary>
    public static bool IsPlain(ReadOnlySpan<char> path) =>
        !path.ContainsAny(Odd) && path.IndexOf("//", StringComparison.Ordinal) < 0 && path.IndexOf("/.", StringComparison.Ordinal) < 0;

    /// <summary>
    /// The plainest reading: percent-encoding resolved once for slash, backslash, dot and semicolon, backslashes as slashes, doubled slashes as one, path parameters taken off.
    /// Null with a reason when the path must be refused.
    /// </summary>
    public static string? Reduce(ReadOnlySpan<char> path, out string? problem)
    {
        problem = null;
        var buffer = ArrayPool<char>.Shared.Rent(path.Length + 1);
        try
        {
            var length = 0;
            var inParameters = false;
            for (var i = 0; i < path.Length; i++)
            {
                var c = path[i];
                var encoded = c == '%';
                if (encoded)
                {
                    if (!TryDecode(path[i..], out var value))
                    {
                        problem = "The path has a '%' that is not followed by two hex digits.";
                        return null;
                    }

                    if (value == 0)
                    {
                        problem = "The path has an encoded NUL.";
                        return null;
                    }

                    c = (char)value;
                }

                if (c is '\\') c = '/';
                if (c == '/')
                {
                    inParameters = false;
                    if (IsDots(buffer.AsSpan(0, length))) return Dots(out problem);
                    if (length == 0 || buffer[length - 1] != '/') buffer[length++] = '/';
                }
                else if (c == ';')
                {
                    inParameters = true;
                }
                else if (!inParameters)
                {
                    // Anything else that is encoded means the same everywhere, so it keeps its spelling.
                    if (encoded && c != '.')
                    {
                        path.Slice(i, 3).CopyTo(buffer.AsSpan(length));
                        length += 3;
                    }
                    else
                    {
                        buffer[length++] = c;
                    }
                }

                if (encoded) i += 2;
            }

            return IsDots(buffer.AsSpan(0, length)) ? Dots(out problem) : new string(buffer, 0, length);
        }
        finally
        {
            ArrayPool<char>.Shared.Return(buffer);
        }
    }

    private static string? Dots(out string? problem)
    {
        problem = "The path has a '.' or '..' segment: send the path it stands for.";
        return null;
    }

    private static bool IsDots(ReadOnlySpan<char> path)
    {
        var segment = path[(path.LastIndexOf('/') + 1)..];
        return segment is "." or "..";
    }

    private static bool TryDecode(ReadOnlySpan<char> text, out int value)
    {
        value = 0;
        if (text.Length < 3 || !char.IsAsciiHexDigit(text[1]) || !char.IsAsciiHexDigit(text[2])) return false;
        value = (Convert.ToByte(char.IsAsciiDigit(text[1]) ? text[1] - '0' : (text[1] | 0x20) - 'a' + 10) << 4)
            | (char.IsAsciiDigit(text[2]) ? text[2] - '0' : (text[2] | 0x20) - 'a' + 10);
        return true;
    }
}
