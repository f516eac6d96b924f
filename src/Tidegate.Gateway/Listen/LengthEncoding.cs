using System.Text;

namespace Tidegate.Gateway.Listen;

/// <summary>
/// Latin-1 for the <c>Content-Length</c> header, which is digits and nothing else (RFC 9110 §8.6). Kestrel reads it with a parser that takes a sign, and gives us
/// the number alone; a server behind us that does not take <c>+3</c> would see another body than we do. What is no number of digits becomes what Kestrel refuses.
/// It decodes into room for twenty characters, and drops the connection without an answer when they are not enough.
/// </summary>
internal sealed class LengthEncoding : Encoding
{
    private const int MostDigits = 19; // as many as the largest length has
    private const char Refused = '-';

    private LengthEncoding()
    {
    }

    /// <summary>The only one.</summary>
    public static LengthEncoding Instance { get; } = new();

    /// <inheritdoc/>
    public override int GetChars(ReadOnlySpan<byte> bytes, Span<char> chars)
    {
        if (bytes.IsEmpty || bytes.ContainsAnyExceptInRange((byte)'0', (byte)'9')) return Refuse(chars);
        if (bytes.Length > MostDigits) bytes = bytes.IndexOfAnyExcept((byte)'0') is >= 0 and var first ? bytes[first..] : "0"u8;
        return bytes.Length > MostDigits ? Refuse(chars) : Latin1.GetChars(bytes, chars);
    }

    /// <inheritdoc/>
    public override int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex) => GetChars(bytes.AsSpan(byteIndex, byteCount), chars.AsSpan(charIndex));

    /// <inheritdoc/>
    public override int GetCharCount(byte[] bytes, int index, int count) => count == 0 ? 1 : Math.Min(count, MostDigits);

    /// <inheritdoc/>
    public override int GetMaxCharCount(int byteCount) => MostDigits;

    /// <inheritdoc/>
    public override int GetByteCount(char[] chars, int index, int count) => count;

    /// <inheritdoc/>
    public override int GetBytes(char[] chars, int charIndex, int charCount, byte[] bytes, int byteIndex) => Latin1.GetBytes(chars, charIndex, charCount, bytes, byteIndex);

    /// <inheritdoc/>
    public override int GetMaxByteCount(int charCount) => charCount;

    private static int Refuse(Span<char> chars)
    {
        chars[0] = Refused;
        return 1;
    }
}
