using System.Net;
using System.Net.Sockets;

namespace Tidegate.Platform.Security.Login;

/// <summary>
/// Makes guessing slow: after a few failures each further one doubles the wait, per account and per address. Works on names whether they exist or not,
/// so that it tells nobody which do. An address from which an account has logged in has a count of its own, so strangers cannot lock its owner out.
/// In memory: a restart forgets, which an attacker cannot cause; every node counts for itself.
/// </summary>
internal sealed class LoginThrottle(TimeProvider time)
{
    private static readonly Limit Account = new(Free: 5, Longest: TimeSpan.FromMinutes(5));

    // Many people may share one address.
    private static readonly Limit Network = new(Free: 20, Longest: TimeSpan.FromMinutes(15));
    private static readonly TimeSpan Forget = TimeSpan.FromHours(1);
    private const int Most = 20_000;

    private readonly long _began = time.GetTimestamp();
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Count> _counts = new(StringComparer.Ordinal);
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    /// <summary>
    /// Takes an attempt in advance (it counts as failed until <see cref="Succeeded"/>, so that many at once cannot slip through), or says how long to wait.
    /// </summary>
    public TimeSpan? Begin(string account, IPAddress? address) => Begin(account, address, out _);

    /// <summary>The same, and what this attempt means if it fails.</summary>
    public TimeSpan? Begin(string account, IPAddress? address, out LoginFailure failure)
    {
        failure = default;
        var now = Now;
        var network = NetworkOf(address);
        var name = AccountKey(account, network);
        lock (_gate)
        {
            if (_counts.Count > Most) Sweep(now);
            var wait = Max(Wait(name, now), Wait(network, now));
            if (wait > TimeSpan.Zero) return wait;
            var (ofAccount, ofNetwork) = (Fail(name, Account, now), Fail(network, Network, now));
            failure = new LoginFailure(ofAccount, ofAccount == Account.Free + 1, ofNetwork == Network.Free + 1, network);
            return null;
        }
    }

    /// <summary>Takes the attempt back and forgets the failures of the account.</summary>
    public void Succeeded(string account, IPAddress? address)
    {
        var network = NetworkOf(address);
        lock (_gate)
        {
            _counts.Remove(AccountKey(account, network));
            if (_known.Count > Most) _known.Clear();
            _known.Add($"{account} {network}");
            if (_counts.TryGetValue(network, out var count)) _counts[network] = count with { Failures = count.Failures - 1, Until = default };
        }
    }

    // Monotonic: a step of the wall clock must neither lock nor unlock anybody.
    private TimeSpan Now => time.GetElapsedTime(_began);

    // Whoever has an IPv6 network has 2^64 addresses.
    internal static string NetworkOf(IPAddress? address)
    {
        if (address is null) return "unknown";
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6) return address.ToString();
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes) + "/64";
    }

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;

    // The key of an account holds a blank, which no address does.
    private string AccountKey(string account, string network) => _known.Contains($"{account} {network}") ? $"{account} {network}" : $"{account} *";

    private TimeSpan Wait(string key, TimeSpan now) => _counts.TryGetValue(key, out var count) ? count.Until - now : TimeSpan.Zero;

    private int Fail(string key, Limit limit, TimeSpan now)
    {
        var before = _counts.TryGetValue(key, out var count) && now - count.Last < Forget ? count.Failures : 0;
        var failures = before + 1;
        // Doubling from one second; 2^20 s is far beyond any limit, and the shift must not overflow.
        var delay = failures <= limit.Free ? TimeSpan.Zero : TimeSpan.FromSeconds(1L << Math.Min(failures - limit.Free - 1, 20));
        _counts[key] = new Count(failures, now, now + (delay < limit.Longest ? delay : limit.Longest));
        return failures;
    }

    private void Sweep(TimeSpan now)
    {
        foreach (var (key, count) in _counts.ToArray())
            if (now - count.Last >= Forget) _counts.Remove(key);
        // Still full: somebody is flooding us with names. Dropping single failures keeps the counts that matter.
        if (_counts.Count <= Most) return;
        foreach (var (key, count) in _counts.ToArray())
            if (count.Failures <= Account.Free) _counts.Remove(key);
    }

    private sealed record Limit(int Free, TimeSpan Longest);

    private sealed record Count(int Failures, TimeSpan Last, TimeSpan Until);
}
