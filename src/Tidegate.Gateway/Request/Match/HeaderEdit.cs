using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Tidegate.Gateway.Request.Forward;

namespace Tidegate.Gateway.Request.Match;

/// <summary>Changes of headers: removed first, then set, then added. Values were checked and secrets resolved when it was built.</summary>
internal sealed class HeaderEdit(string[] remove, KeyValuePair<string, string>[] set, KeyValuePair<string, string>[] add)
{
    /// <summary>No change.</summary>
    public static HeaderEdit None { get; } = new([], [], []);

    /// <summary>Changes request headers in place; what the gateway itself would have sent under the same names gives way.</summary>
    public void Apply(IHeaderDictionary headers, UpstreamHeaders own)
    {
        foreach (var name in remove) own.GiveWay(name);
        foreach (var (name, _) in set) own.GiveWay(name);
        foreach (var (name, _) in add)
        {
            // Beside nothing: what the caller sent under this name was a credential, or not a stranger's to say.
            if (!own.Decides(name)) continue;
            headers.Remove(name);
            own.GiveWay(name);
        }

        Apply(headers);
    }

    /// <summary>Changes the headers in place.</summary>
    public void Apply(IHeaderDictionary headers)
    {
        foreach (var name in remove) headers.Remove(name);
        foreach (var (name, value) in set) headers[name] = value;
        foreach (var (name, value) in add) headers[name] = StringValues.Concat(headers[name], value);
    }
}
