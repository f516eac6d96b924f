using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using Tidegate.Core.Resources.Routes;

namespace Tidegate.Gateway.Request.Match;

/// <summary>Changes of query parameters. Parameters that are not named keep their spelling and their order.</summary>
internal sealed class QueryEdit
{
    private readonly FrozenSet<string> _dropped;
    private readonly string _appended;

    public QueryEdit(ValueEditConfig config)
    {
        _dropped = config.Remove.Concat(config.Set.Keys).ToFrozenSet(StringComparer.Ordinal);
        _appended = string.Join('&', config.Set.Concat(config.Add).Select(p => $"{Uri.EscapeDataString(p.Key)}={Uri.EscapeDataString(p.Value)}"));
    }

    /// <summary>True when nothing changes.</summary>
    public bool IsNone => _dropped.Count == 0 && _appended.Length == 0;

    /// <summary>Appends the changed query with its question mark; nothing when it is empty.</summary>
    /// <param name="text">Where to.</param>
    /// <param name="query">The query as it came, with its question mark.</param>
    /// <param name="secret">A parameter that carried a credential and is taken out; null for none.</param>
    public void AppendTo(ref DefaultInterpolatedStringHandler text, ReadOnlySpan<char> query, string? secret)
    {
        var separator = '?';
        if (query.Length > 0) query = query[1..];
        foreach (var range in query.Split('&'))
        {
            var pair = query[range];
            if (pair.IsEmpty || IsDropped(pair, secret)) continue;
            text.AppendFormatted(separator);
            text.AppendFormatted(pair);
            separator = '&';
        }

        if (_appended.Length == 0) return;
        text.AppendFormatted(separator);
        text.AppendFormatted(_appended);
    }

    private bool IsDropped(ReadOnlySpan<char> pair, string? secret)
    {
        if (_dropped.Count == 0 && secret is null) return false;
        var end = pair.IndexOf('=');
        var name = end < 0 ? pair : pair[..end];
        var plain = name.ContainsAny('%', '+') ? Uri.UnescapeDataString(name.ToString().Replace('+', ' ')) : name.ToString();
        return _dropped.Contains(plain) || string.Equals(plain, secret, StringComparison.Ordinal);
    }
}
