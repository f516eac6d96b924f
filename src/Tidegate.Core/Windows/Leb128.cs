namespace Tidegate.Core.Windows;

/// <summary>Unsigned LEB128: seven bits a byte, low ones first.</summary>
internal static class Leb128
{
    public static void Write(List<byte> to, long value)
    {
        var rest = (ulong)value;
        for (; rest >= 0x80; rest >>= 7) to.Add((byte)(rest | 0x80));
        to.Add((byte)rest);
    }

    /// <summary>Takes a number off the front.</summary>
    public static long Read(ref ReadOnlySpan<byte> from)
    {
        ulong value = 0;
        for (var i = 0; i < from.Length && i < 10; i++)
        {
            value |= (ulong)(from[i] & 0x7F) << (7 * i);
            if (from[i] >= 0x80) continue;
            from = from[(i + 1)..];
            return (long)value;
        }

        throw new FormatException("A number ends too early or is too long.");
    }
}
