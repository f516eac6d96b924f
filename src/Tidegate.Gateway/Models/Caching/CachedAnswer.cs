using Tidegate.Core.Calls;

namespace Tidegate.Gateway.Models.Caching;

/// <summary>An answer as a caller got it, to the byte.</summary>
/// <param name="Body">The answer, or the whole stream.</param>
/// <param name="MediaType">Its media type.</param>
/// <param name="Target">Who gave it.</param>
/// <param name="Use">What it used then.</param>
/// <param name="Facts">What was known of its quality then.</param>
/// <param name="ExpiresAt">Timestamp from which it is not given again.</param>
internal sealed record CachedAnswer(ReadOnlyMemory<byte> Body, string MediaType, string Target, ModelUse? Use, CallFacts Facts, long ExpiresAt)
{
    /// <summary>Memory it takes, more or less.</summary>
    public long Bytes => Body.Length + 512;
}
