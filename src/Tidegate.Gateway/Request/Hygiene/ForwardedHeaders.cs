using System.Buffers;
using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Tidegate.Gateway.Request.Hygiene;

/// <summary>
/// Who really called, and what the upstream is told about it. From strangers nothing is believed and nothing of it sent on; from trusted proxies the chain is
/// followed back to the first address that is not one of them, and lengthened by the proxy itself.
/// </summary>
internal sealed class ForwardedHeaders(AddressSet trusted)
{
    private const string For = "X-Forwarded-For", Host = "X-Forwarded-Host", Proto = "X-Forwarded-Proto", Standard = "Forwarded";

    private static readonly SearchValues<char> NotInHosts = SearchValues.Create(" \t,;\"/\\@");

    // A longer chain is no chain of proxies.
    private const int MaxHops = 16;

    /// <summary>True for headers that only a proxy may send; with underscores too, which some servers read as dashes.</summary>
    public static bool IsOne(string name)
    {
        if (name.Length < 9 || (name[0] | 0x20) is not ('x' or 'f')) return false;
        if (name.Equals(Standard, StringComparison.OrdinalIgnoreCase)) return true;
        if (name[1] is not ('-' or '_')) return false;
        var rest = name.AsSpan(2);
        return rest.StartsWith("Forwarded", StringComparison.OrdinalIgnoreCase) || rest.StartsWith("Original", StringComparison.OrdinalIgnoreCase)
            || Is(rest, "Real-IP") || Is(rest, "Rewrite-URL");

        static bool Is(ReadOnlySpan<char> rest, ReadOnlySpan<char> word)
        {
            if (rest.Length != word.Length) return false;
            for (var i = 0; i < word.Length; i++)
                if (char.ToLowerInvariant(rest[i] == '_' ? '-' : rest[i]) != char.ToLowerInvariant(word[i])) return false;
            return true;
        }
    }

    /// <summary>Finds the caller's address and scheme, and decides what is sent upstream.</summary>
    /// <param name="call">The call.</param>
    /// <param name="present">The request has headers for which <see cref="IsOne"/> is true.</param>
    public void Apply(GatewayCall call, bool present)
    {
        var headers = call.Http.Request.Headers;
        var remote = call.Http.Connection.RemoteIpAddress ?? IPAddress.None;
        call.ClientAddress = remote.IsIPv4MappedToIPv6 ? remote.MapToIPv4() : remote;
        var upstream = call.Upstream;
        if (present && trusted.Contains(remote))
        {
            Believe(call, headers);
            var chain = headers[For];
            upstream.Set(For, chain.Count == 0 ? call.ClientText : $"{chain}, {AddressText.Of(remote)}");
            if (headers[Standard].Count > 0)
                upstream.Set(Standard, $"{headers[Standard]}, for={AddressText.ForNode(remote)};host=\"{headers.Host}\";proto={call.Http.Request.Scheme}");
            upstream.Set(Proto, call.Scheme);
            upstream.Set(Host, call.PublicHost);
            return;
        }

        if (present) Drop(headers);
        call.PublicHost = headers.Host.ToString();
        upstream.Set(For, call.ClientText);
        upstream.Set(Proto, call.Scheme);
        upstream.Set(Host, call.PublicHost);
    }

    private void Believe(GatewayCall call, IHeaderDictionary headers)
    {
        var hop = call.ClientAddress;
        foreach (var text in Hops(headers))
        {
            if (!AddressText.TryParse(text, out var address)) break;
            hop = address;
            if (!trusted.Contains(address)) break;
        }

        call.ClientAddress = hop;
        // Of several, the value of the proxy next to the caller is the first.
        var proto = First(headers[Proto]) ?? ForwardedElement.First(headers[Standard], "proto");
        if (proto is "http" or "https") call.Scheme = proto;
        var host = First(headers[Host]) ?? ForwardedElement.First(headers[Standard], "host");
        call.PublicHost = host is { Length: > 0 and <= 255 } && !host.AsSpan().ContainsAny(NotInHosts) ? host : headers.Host.ToString();
    }

    // Nearest first.
    private static List<string> Hops(IHeaderDictionary headers)
    {
        var hops = new List<string>();
        if (headers[For].Count > 0)
        {
            foreach (var line in headers[For])
                foreach (var hop in (line ?? "").Split(',')) hops.Add(hop.Trim());
        }
        else
        {
            hops.AddRange(ForwardedElement.All(headers[Standard], "for"));
        }

        hops.Reverse();
        if (hops.Count > MaxHops) hops.RemoveRange(MaxHops, hops.Count - MaxHops);
        return hops;
    }

    private static void Drop(IHeaderDictionary headers)
    {
        var names = new List<string>();
        foreach (var (name, _) in headers)
            if (IsOne(name)) names.Add(name);
        foreach (var name in names) headers.Remove(name);
    }

    private static string? First(StringValues values) => values.Count == 0 ? null : values[0]!.Split(',')[0].Trim();
}
