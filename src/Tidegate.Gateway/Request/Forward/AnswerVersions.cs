using System.Buffers;
using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;

namespace Tidegate.Gateway.Request.Forward;

/// <summary>
/// Versions that the answers of a service named in a header. An upstream says what it likes, and each version is a value that is counted by: few of them in an hour, each kept as one text.
/// </summary>
internal sealed class AnswerVersions(TimeProvider time)
{
    /// <summary>Different ones in <see cref="Span"/>.</summary>
    public const int Most = 64;

    private const int Longest = 64;
    private static readonly SearchValues<char> Legal = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._+-");

    /// <summary>After that, those that are known are forgotten when there is no room for another.</summary>
    public static readonly TimeSpan Span = TimeSpan.FromHours(1);

    private readonly Lock _gate = new();
    private volatile ConcurrentDictionary<string, string> _known = new(StringComparer.Ordinal);
    private long _since = time.GetTimestamp();

    /// <summary>The version that an answer names; empty when it names none, or none that can be taken.</summary>
    public string Of(IHeaderDictionary headers, string header)
    {
        if (headers[header] is not [{ Length: > 0 and <= Longest } text]) return "";
        return _known.TryGetValue(text, out var known) ? known : Learn(text);
    }

    private string Learn(string text)
    {
        if (text.AsSpan().ContainsAnyExcept(Legal)) return "";
        lock (_gate)
        {
            if (_known.TryGetValue(text, out var known)) return known;
            if (_known.Count >= Most)
            {
                if (time.GetElapsedTime(_since) < Span) return "";
                (_known, _since) = (new(StringComparer.Ordinal), time.GetTimestamp());
            }

            _known[text] = text;
            return text;
        }
    }
}
