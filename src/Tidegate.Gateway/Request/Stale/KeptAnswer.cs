using Microsoft.Extensions.Primitives;

namespace Tidegate.Gateway.Request.Stale;

/// <summary>An answer as the upstream gave it: status 200, its headers without what belongs to a connection or to one call, and its whole body.</summary>
/// <param name="Headers">Headers, before the route's own changes.</param>
/// <param name="Body">The body.</param>
/// <param name="ETag">Its entity tag; null for none.</param>
/// <param name="ArrivedAt">Timestamp of its headers.</param>
/// <param name="EndsAt">Timestamp from which it is not given any more.</param>
/// <param name="Age">Seconds of its <c>Age</c> when it came.</param>
/// <param name="DataAge">Seconds its data was old then, as the record of the call told it; -1 when that was not known.</param>
internal sealed record KeptAnswer(KeyValuePair<string, StringValues>[] Headers, byte[] Body, string? ETag, long ArrivedAt, long EndsAt, int Age, int DataAge)
{
    // Its place in the store: a key of 64 characters twice, nodes, the arrays. Measured roughly, and rather too much.
    private const int Overhead = 1024;

    /// <summary>Memory it takes, more or less.</summary>
    public long Bytes { get; } = Overhead + Body.Length + SizeOf(Headers);

    /// <summary>The same answer with its body, once that is whole.</summary>
    public KeptAnswer With(byte[] body) => new(Headers, body, ETag, ArrivedAt, EndsAt, Age, DataAge);

    private static long SizeOf(KeyValuePair<string, StringValues>[] headers)
    {
        var size = 0L;
        foreach (var (name, values) in headers)
        {
            size += 64 + (2 * name.Length);
            foreach (var value in values) size += 32 + (2 * (value?.Length ?? 0));
        }

        return size;
    }
}
