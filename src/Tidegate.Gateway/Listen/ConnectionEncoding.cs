using System.Text;
using Tidegate.Gateway.Request.Forward;

namespace Tidegate.Gateway.Listen;

/// <summary>
/// Latin-1 for the <c>Connection</c> header, with a mark that keeps Kestrel from shortening it. Kestrel replaces a value in which it knows one word, such as
/// <c>keep-alive, X-Mine</c>, by that word alone before we see it, and what the caller named would be passed on (RFC 9110 §7.6.1). It leaves alone what holds
/// two of its words; so a line that names a header gets both, and its connection closes after the answer: such callers are rare.
/// </summary>
internal sealed class ConnectionEncoding : Encoding
{
    private const string Mark = ", keep-alive, close";

    private ConnectionEncoding()
    {
    }

    /// <summary>The only one.</summary>
    public static ConnectionEncoding Instance { get; } = new();

    /// <inheritdoc/>
    public override int GetCharCount(byte[] bytes, int index, int count) => count + (Names(bytes.AsSpan(index, count)) ? Mark.Length : 0);

    /// <inheritdoc/>
    public override int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex)
    {
        var line = bytes.AsSpan(byteIndex, byteCount);
        Latin1.GetChars(line, chars.AsSpan(charIndex));
        if (!Names(line)) return byteCount;
        Mark.CopyTo(chars.AsSpan(charIndex + byteCount));
        return byteCount + Mark.Length;
    }

    /// <inheritdoc/>
    public override int GetMaxCharCount(int byteCount) => byteCount + Mark.Length;

    /// <inheritdoc/>
    public override int GetByteCount(char[] chars, int index, int count) => count;

    /// <inheritdoc/>
    public override int GetBytes(char[] chars, int charIndex, int charCount, byte[] bytes, int byteIndex) => Latin1.GetBytes(chars, charIndex, charCount, bytes, byteIndex);

    /// <inheritdoc/>
    public override int GetMaxByteCount(int charCount) => charCount;

    private static bool Names(ReadOnlySpan<byte> line) => !line.SequenceEqual("keep-alive"u8) && !line.SequenceEqual("close"u8) && HopByHop.Nominated(Latin1.GetString(line)) is not null;
}
