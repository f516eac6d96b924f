namespace Tidegate.Gateway.Request.Forward;

/// <summary>
/// Headers the gateway sends with every attempt: forwarding, tracing, rewrites. They take the place of what the caller sent under the same names, and no
/// <c>Connection</c> header of the caller can strip them.
/// </summary>
internal sealed class UpstreamHeaders
{
    private readonly List<KeyValuePair<string, string?>> _headers = [];

    /// <summary>Number of entries.</summary>
    public int Count => _headers.Count;

    /// <summary>Entry by index.</summary>
    public KeyValuePair<string, string?> this[int index] => _headers[index];

    /// <summary>Sends the header; null only keeps the caller's from being sent.</summary>
    public void Set(string name, string? value) => _headers.Add(new(name, value));

    /// <summary>The gateway decides this header.</summary>
    public bool Decides(string name)
    {
        foreach (var header in _headers)
            if (header.Key.Length == name.Length && header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }

    /// <summary>What is sent under the name; null when the gateway sends nothing.</summary>
    public string? Find(string name)
    {
        foreach (var header in _headers)
            if (header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)) return header.Value;
        return null;
    }

    /// <summary>A rule of the route decides this header after all.</summary>
    public void GiveWay(string name)
    {
        for (var i = _headers.Count - 1; i >= 0; i--)
            if (_headers[i].Key.Equals(name, StringComparison.OrdinalIgnoreCase)) _headers.RemoveAt(i);
    }

    /// <summary>Forgets all.</summary>
    public void Clear() => _headers.Clear();
}
