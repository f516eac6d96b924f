using System.IO.Compression;
using System.Text;

namespace Tidegate.Insight.Bodies.Files;

/// <summary>Texts as they are on disk: Brotli, at a level that takes a millisecond for 64 KiB.</summary>
internal static class BodyText
{
    private const int Quality = 4, Window = 18;

    /// <summary>The bytes of a text.</summary>
    public static byte[]? Pack(string? text)
    {
        if (text is null) return null;
        var plain = Encoding.UTF8.GetBytes(text);
        var packed = new byte[BrotliEncoder.GetMaxCompressedLength(plain.Length)];
        return BrotliEncoder.TryCompress(plain, packed, out var length, Quality, Window) ? packed[..length] : throw new InvalidOperationException("Brotli has no room.");
    }

    /// <summary>The text of bytes.</summary>
    public static string Unpack(byte[] packed)
    {
        using var plain = new BrotliStream(new MemoryStream(packed), CompressionMode.Decompress);
        using var reader = new StreamReader(plain, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
