using System.Text;

namespace Tidegate.Gateway.Listen;

/// <summary>
/// How <c>Connection</c> headers are read. Kestrel keeps only "keep-alive" or "close" of a value that has one of them, and forgets the headers named beside it,
/// which must not be sent on (RFC 9110 §7.6.1). So where headers are named, those are all we let it see: keeping the connection is the rule in HTTP/1.1 anyway, and a
/// caller that wanted it closed can close it.
/// </summary>
internal sealed class ConnectionEncoding : Encoding
{
    private static readonly string[] Words = ["keep-alive", "close", "te", "http2-settings"];

    /// <inheritdoc/>
    public override int GetCharCount(byte[] bytes, int index, int count) => Read(bytes.AsSpan(index, count)).Length;

    /// <inheritdoc/>
    public override int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex)
    {
        var text = Read(bytes.AsSpan(byteIndex, byteCount));
        text.CopyTo(0, chars, charIndex, text.Length);
        return text.Length;
    }

    /// <inheritdoc/>
    public override int GetByteCount(char[] chars, int index, int count) => Latin1.GetByteCount(chars, index, count);

    /// <inheritdoc/>
    public override int GetBytes(char[] chars, int charIndex, int charCount, byte[] bytes, int byteIndex) => Latin1.GetBytes(chars, charIndex, charCount, bytes, byteIndex);

    /// <inheritdoc/>
    public override int GetMaxByteCount(int charCount) => Latin1.GetMaxByteCount(charCount);

    /// <inheritdoc/>
    public override int GetMaxCharCount(int byteCount) => Latin1.GetMaxCharCount(byteCount);

    private static string Read(ReadOnlySpan<byte> bytes)
    {
        var text = Latin1.GetString(bytes);
        var tokens = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (tokens.Contains("upgrade", StringComparer.OrdinalIgnoreCase)) return text;
        var named = tokens.Where(t => !Words.Contains(t, StringComparer.OrdinalIgnoreCase)).ToList();
        return named.Count is 0 ? text : string.Join(", ", named);
    }
}
