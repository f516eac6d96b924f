using System.Collections.Frozen;
using System.Security.Cryptography.X509Certificates;

namespace Tidegate.Gateway.Listen;

/// <summary>The certificates in force: chosen by the name the client asks for (SNI, RFC 6066 §3). Immutable.</summary>
internal sealed class CertificateTable
{
    private readonly FrozenDictionary<string, CertificateEntry> _exact;
    private readonly FrozenDictionary<string, CertificateEntry> _wildcard;
    private readonly CertificateEntry? _fallback;

    /// <summary>Makes a table. Earlier entries win where two have the same name; <paramref name="fallback"/> serves clients that ask for no name or an unknown one.</summary>
    public CertificateTable(IEnumerable<CertificateEntry> entries, CertificateEntry? fallback, X509Certificate2Collection clientAuthorities)
    {
        var exact = new Dictionary<string, CertificateEntry>(StringComparer.OrdinalIgnoreCase);
        var wildcard = new Dictionary<string, CertificateEntry>(StringComparer.OrdinalIgnoreCase);
        foreach (var entry in entries)
        {
            foreach (var name in entry.Names)
            {
                if (name.StartsWith("*.", StringComparison.Ordinal)) wildcard.TryAdd(name[2..], entry);
                else exact.TryAdd(name, entry);
            }
        }

        _exact = exact.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
        _wildcard = wildcard.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
        _fallback = fallback;
        ClientAuthorities = clientAuthorities;
    }

    /// <summary>No certificate at all: every handshake is refused.</summary>
    public static CertificateTable Empty { get; } = new([], null, []);

    /// <summary>Authorities whose client certificates are believed; empty when none are.</summary>
    public X509Certificate2Collection ClientAuthorities { get; }

    /// <summary>Number of names served.</summary>
    public int NameCount => _exact.Count + _wildcard.Count;

    /// <summary>The certificate for a name; a wildcard stands for exactly one label (RFC 6125 §6.4.3). Null refuses the handshake.</summary>
    public CertificateEntry? Find(string? serverName)
    {
        if (string.IsNullOrEmpty(serverName)) return _fallback;
        if (_exact.TryGetValue(serverName, out var entry)) return entry;
        var dot = serverName.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && _wildcard.TryGetValue(serverName[(dot + 1)..], out entry) ? entry : _fallback;
    }
}
