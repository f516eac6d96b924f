using Tidegate.Core.Calls;

namespace Tidegate.Gateway.Models.Caching;

/// <summary>Where the answer of a call goes when it is whole. Only then: errors and streams that broke off are forgotten.</summary>
internal sealed class CacheSlot(AnswerCache cache, CacheCounts counts, string key)
{
    private ReadOnlyMemory<byte>? _body;
    private string _mediaType = "";

    /// <summary>Largest answer worth collecting.</summary>
    public long MostOfAnswer => cache.MostOfAnswer;

    /// <summary>The caller was given all of this.</summary>
    public void Take(ReadOnlyMemory<byte> body, string mediaType) => (_body, _mediaType) = (body, mediaType);

    /// <summary>The call has ended well: keeps what it answered.</summary>
    public void Keep(string target, ModelUse? use, CallFacts facts)
    {
        // Copied: what was collected in has room to grow.
        if (_body is { Length: > 0 } body && cache.Keep(key, new CachedAnswer(body.ToArray(), _mediaType, target, use, facts & CallFacts.OfAnswer, 0))) counts.Store();
    }
}
