using System.Diagnostics.CodeAnalysis;

namespace Tidegate.Gateway.Models.Responses;

/// <summary>
/// Conversations that callers of the responses API go on with by <c>previous_response_id</c>. In memory, one consumer never sees another's, an hour long and within limits: the
/// oldest goes first. Whoever asks for one that is gone is told so, and sends the conversation anew.
/// </summary>
internal sealed class ResponseStore(TimeProvider time)
{
    /// <summary>How long a response can be gone on with.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    /// <summary>Most bytes of one conversation.</summary>
    public const int MostOfOne = 1 << 20;

    /// <summary>Most bytes of one consumer's.</summary>
    public const int MostOfConsumer = 8 << 20;

    /// <summary>Most bytes of all.</summary>
    public const int MostOfAll = 64 << 20;

    private readonly Lock _lock = new();
    private readonly Dictionary<(string Consumer, string Id), LinkedListNode<Entry>> _byId = [];
    private readonly Dictionary<string, int> _bytes = new(StringComparer.Ordinal);
    private readonly LinkedList<Entry> _oldestFirst = new();
    private int _all;

    /// <summary>Items of a conversation, as they stand in a JSON array, commas between them; false when it is unknown, gone, or somebody else's.</summary>
    public bool TryFind(string consumer, string id, [NotNullWhen(true)] out byte[]? items)
    {
        lock (_lock)
        {
            DropExpired();
            items = _byId.TryGetValue((consumer, id), out var node) ? node.Value.Items : null;
            return items is not null;
        }
    }

    /// <summary>The response itself, as its caller got it; null when it is unknown, gone, or somebody else's.</summary>
    public byte[]? Find(string consumer, string id)
    {
        lock (_lock)
        {
            DropExpired();
            return _byId.TryGetValue((consumer, id), out var node) ? node.Value.Response : null;
        }
    }

    /// <summary>Forgets a response. False when there was none.</summary>
    public bool Remove(string consumer, string id)
    {
        lock (_lock)
        {
            DropExpired();
            if (!_byId.TryGetValue((consumer, id), out var node)) return false;
            Drop(node);
            return true;
        }
    }

    /// <summary>Keeps a conversation and the response at its end, unless they are too large.</summary>
    public void Keep(string consumer, string id, byte[] items, byte[] response)
    {
        if (items.Length > MostOfOne || response.Length > MostOfOne || id.Length is 0 or > 200) return;
        var entry = new Entry(consumer, id, items, response, time.GetTimestamp());
        lock (_lock)
        {
            DropExpired();
            if (_byId.TryGetValue((consumer, id), out var known)) Drop(known);
            while (_bytes.GetValueOrDefault(consumer) + entry.Bytes > MostOfConsumer && Oldest(consumer) is { } own) Drop(own);
            while (_all + entry.Bytes > MostOfAll && _oldestFirst.First is { } oldest) Drop(oldest);
            _byId[(consumer, id)] = _oldestFirst.AddLast(entry);
            _bytes[consumer] = _bytes.GetValueOrDefault(consumer) + entry.Bytes;
            _all += entry.Bytes;
        }
    }

    private void DropExpired()
    {
        while (_oldestFirst.First is { } oldest && time.GetElapsedTime(oldest.Value.Since) > Lifetime) Drop(oldest);
    }

    private LinkedListNode<Entry>? Oldest(string consumer)
    {
        for (var node = _oldestFirst.First; node is not null; node = node.Next)
            if (node.Value.Consumer == consumer) return node;
        return null;
    }

    private void Drop(LinkedListNode<Entry> node)
    {
        var entry = node.Value;
        _oldestFirst.Remove(node);
        _byId.Remove((entry.Consumer, entry.Id));
        _all -= entry.Bytes;
        if ((_bytes[entry.Consumer] -= entry.Bytes) == 0) _bytes.Remove(entry.Consumer);
    }

    private sealed record Entry(string Consumer, string Id, byte[] Items, byte[] Response, long Since)
    {
        public int Bytes => Items.Length + Response.Length;
    }
}
