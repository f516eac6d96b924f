using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Tidegate.Core.Ports;

namespace Tidegate.Core.Calls;

/// <summary>
/// A position in a distributed trace, as the W3C headers <c>traceparent</c> and <c>tracestate</c> carry it (Trace Context, levels 1 and 2).
/// Parsing allocates nothing; formatting allocates only the header value.
/// </summary>
/// <param name="TraceId">128 bits, never 0 in a valid context.</param>
/// <param name="SpanId">64 bits, never 0 in a valid context: the span of whoever sent it.</param>
/// <param name="Flags">Bit 0: sampled. Bit 1: the trace id is random. Others are not passed on.</param>
/// <param name="TraceState">What other systems added, valid and within limits; empty when there is none.</param>
public readonly record struct TraceContext(UInt128 TraceId, ulong SpanId, byte Flags, string TraceState)
{
    /// <summary>Length of a <c>traceparent</c> value of version 00.</summary>
    public const int HeaderLength = 55;

    private const byte SampledFlag = 1, RandomFlag = 2, KnownFlags = SampledFlag | RandomFlag;

    /// <summary>The sender records this trace.</summary>
    public bool Sampled => (Flags & SampledFlag) != 0;

    /// <summary>
    /// Reads the headers of a request. False when <paramref name="traceparent"/> is missing or invalid (a request with several is invalid too: join
    /// them with a comma and they are refused here); the trace state is not to be used then. An invalid trace state is dropped alone.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> traceparent, string? tracestate, out TraceContext context)
    {
        context = default;
        if (traceparent.Length < HeaderLength) return false;
        if (traceparent[2] != '-' || traceparent[35] != '-' || traceparent[52] != '-') return false;
        if (!TryHex(traceparent[..2], out var version) || version == 0xff) return false;
        // Version 00 ends here. A later version may go on after a dash; what it adds is not ours to read.
        if (traceparent.Length > HeaderLength && (version == 0 || traceparent[HeaderLength] != '-')) return false;
        if (!TryHex(traceparent.Slice(3, 16), out var high) || !TryHex(traceparent.Slice(19, 16), out var low)) return false;
        if (!TryHex(traceparent.Slice(36, 16), out var span) || !TryHex(traceparent.Slice(53, 2), out var flags)) return false;
        if ((high | low) == 0 || span == 0) return false;
        context = new(new UInt128(high, low), span, (byte)(flags & KnownFlags), Calls.TraceState.Normalize(tracestate));
        return true;
    }

    /// <summary>A new trace. Its first span is the gateway's.</summary>
    public static TraceContext Start(IRandomSource random, bool sampled)
    {
        Span<ulong> bits = stackalloc ulong[2];
        do random.NextBytes(MemoryMarshal.AsBytes(bits));
        while ((bits[0] | bits[1]) == 0);
        return new(new UInt128(bits[0], bits[1]), NewSpan(random), (byte)(RandomFlag | (sampled ? SampledFlag : 0)), "");
    }

    /// <summary>The next span of the same trace: what is sent upstream, once per attempt.</summary>
    public TraceContext Child(IRandomSource random) => this with { SpanId = NewSpan(random) };

    /// <summary>The <c>traceparent</c> value, always of version 00.</summary>
    public string ToTraceparent() => string.Create(HeaderLength, this, static (chars, context) => context.Format(chars));

    /// <summary>A trace id as 32 lower-case hex digits.</summary>
    public static string Text(UInt128 traceId) => string.Create(32, traceId, static (chars, id) => Format(id, chars));

    /// <summary>A span id as 16 lower-case hex digits.</summary>
    public static string Text(ulong spanId) => string.Create(16, spanId, static (chars, id) => Format(id, chars));

    /// <inheritdoc/>
    public override string ToString() => ToTraceparent();

    private void Format(Span<char> chars)
    {
        "00-".CopyTo(chars);
        Format(TraceId, chars[3..]);
        chars[35] = '-';
        Format(SpanId, chars[36..]);
        chars[52] = '-';
        Convert.TryToHexStringLower([Flags], chars[53..], out _);
    }

    // By bytes: formatting a number with "x32" goes digit by digit, and a call does it twice.
    private static void Format(UInt128 id, Span<char> chars)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, id);
        Convert.TryToHexStringLower(bytes, chars, out _);
    }

    private static void Format(ulong id, Span<char> chars)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, id);
        Convert.TryToHexStringLower(bytes, chars, out _);
    }

    private static ulong NewSpan(IRandomSource random)
    {
        ulong id = 0;
        do random.NextBytes(MemoryMarshal.AsBytes(new Span<ulong>(ref id)));
        while (id == 0);
        return id;
    }

    // The standard allows lower case only; the parsers of the framework take both and white space.
    private static bool TryHex(ReadOnlySpan<char> digits, out ulong value)
    {
        value = 0;
        foreach (var digit in digits)
        {
            var nibble = digit is >= '0' and <= '9' ? digit - '0' : digit is >= 'a' and <= 'f' ? digit - 'a' + 10 : -1;
            if (nibble < 0) return false;
            value = (value << 4) | (uint)nibble;
        }
        return true;
    }
}
