using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Tidegate.Gateway.Request.Forward;

namespace Tidegate.Gateway.Request.Stale;

/// <summary>Which calls may be given the same answer. Hashes nobody finds a second call for.</summary>
internal static class StaleKey
{
    /// <summary>In place of a caller: the answer is everybody's.</summary>
    public const string Everybody = "";

    /// <summary>What is asked for: scheme, host, and path and query as they go to the upstream.</summary>
    public static string Target(GatewayCall call)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, call.Scheme);
        Add(hash, call.PublicHost);
        Add(hash, call.UpstreamHost ?? call.Http.Request.Host.Value ?? "");
        Add(hash, call.UpstreamTarget);
        return Text(hash);
    }

    /// <summary>Who asks: the consumer (a subject that the document does not name, of its issuer), and whatever of the request the upstream could know callers by.</summary>
    public static string Caller(GatewayCall call)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, call.Caller.Model is not null ? "consumer" : call.Caller.Consumer.Length > 0 ? "subject" : "anonymous");
        Add(hash, call.Caller.Consumer);
        Add(hash, call.Caller.Issuer);
        var telling = new SortedDictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, values) in call.Http.Request.Headers)
            if (name[0] != ':' && !HopByHop.Is(name) && !NeutralHeaders.Contains(name) && !call.Upstream.Decides(name)) telling[name] = values.ToString();
        for (var i = 0; i < call.Upstream.Count; i++)
            if (call.Upstream[i] is { Key: var name, Value: { } value } && !NeutralHeaders.Contains(name)) telling[name] = value;
        foreach (var (name, value) in telling)
        {
            Add(hash, name.ToLowerInvariant());
            Add(hash, value);
        }

        return Text(hash);
    }

    /// <summary>One answer: a target, who may have it (<see cref="Caller"/> or <see cref="Everybody"/>), and the values of the headers it depends on, as the upstream was sent them.</summary>
    public static string Answer(GatewayCall call, string target, string caller, string[] vary)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, target);
        Add(hash, caller);
        foreach (var name in vary)
        {
            Add(hash, name);
            Add(hash, call.Upstream.Decides(name) ? call.Upstream.Find(name) : Sent(call, name));
        }

        return Text(hash);
    }

    private static string? Sent(GatewayCall call, string name) => call.Http.Request.Headers.TryGetValue(name, out var values) ? values.ToString() : null;

    // With its length: what stands beside it cannot be taken for a part of it. A header that is missing is another than an empty one.
    private static void Add(IncrementalHash hash, string? text)
    {
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, text?.Length ?? -1);
        hash.AppendData(length);
        if (text is not null) hash.AppendData(MemoryMarshal.AsBytes(text.AsSpan()));
    }

    private static string Text(IncrementalHash hash) => Convert.ToHexString(hash.GetHashAndReset());
}
