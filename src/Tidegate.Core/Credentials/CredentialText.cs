using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Tidegate.Core.Credentials;

/// <summary>
/// The text of a credential of ours: prefix, 43 random letters and digits (256 bits), 6 more as a checksum. The prefix lets secret scanners find leaked
/// ones; the checksum tells a mistyped credential from one we never issued, without asking any store.
/// </summary>
public static class CredentialText
{
    /// <summary>Prefix of a caller's API key: <c>tgk_</c>.</summary>
    public const string Key = "tgk_";

    /// <summary>Prefix of an API token for the admin API: <c>tgt_</c>.</summary>
    public const string Token = "tgt_";

    /// <summary>Prefix of a session of the admin port: <c>tgs_</c>.</summary>
    public const string Session = "tgs_";

    /// <summary>Letters and digits only: a double click selects it whole, and it needs no escaping anywhere.</summary>
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private const int RandomLength = 43;
    private const int CheckLength = 6;
    private const int PrefixLength = 4;

    /// <summary>Length of every credential in characters.</summary>
    public const int Length = PrefixLength + RandomLength + CheckLength;

    /// <summary>A new one, from the cryptographic generator.</summary>
    /// <param name="prefix"><see cref="Key"/>, <see cref="Token"/> or <see cref="Session"/>.</param>
    public static string Create(string prefix)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(prefix?.Length ?? 0, PrefixLength, nameof(prefix));
        var body = prefix + RandomNumberGenerator.GetString(Alphabet, RandomLength);
        return string.Create(Length, body, static (text, whole) =>
        {
            whole.CopyTo(text);
            Check(whole, text[whole.Length..]);
        });
    }

    /// <summary>True when <paramref name="text"/> begins like a credential of this kind, however it goes on.</summary>
    public static bool HasPrefix(string prefix, ReadOnlySpan<char> text) => text.StartsWith(prefix, StringComparison.Ordinal);

    /// <summary>True when it has the form and checksum of a credential of this kind. False for a mistyped or cut one. Says nothing about whether it was issued.</summary>
    public static bool IsWellFormed(string prefix, ReadOnlySpan<char> text)
    {
        if (text.Length != Length || !HasPrefix(prefix, text)) return false;
        foreach (var letter in text[PrefixLength..])
            if (!char.IsAsciiLetterOrDigit(letter)) return false;
        Span<char> check = stackalloc char[CheckLength];
        Check(text[..^CheckLength], check);
        // The checksum is no secret: an ordinary comparison gives nothing away.
        return text[^CheckLength..].SequenceEqual(check);
    }

    /// <summary>What is stored of it: lower-case hex SHA-256 of the whole text. Enough for 256 random bits; a password would need more.</summary>
    public static string Sha256(ReadOnlySpan<char> text)
    {
        var bytes = new byte[Encoding.UTF8.GetByteCount(text)];
        Encoding.UTF8.GetBytes(text, bytes);
        return Convert.ToHexStringLower(SHA256.HashData(bytes));
    }

    private static void Check(ReadOnlySpan<char> body, Span<char> check)
    {
        Span<byte> bytes = stackalloc byte[PrefixLength + RandomLength];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        Encoding.ASCII.GetBytes(body, bytes);
        SHA256.HashData(bytes, hash);
        // 36 of the 256 bits: a random typo passes once in 57 billion.
        var number = BinaryPrimitives.ReadUInt64BigEndian(hash);
        for (var i = 0; i < check.Length; i++, number /= (ulong)Alphabet.Length) check[i] = Alphabet[(int)(number % (ulong)Alphabet.Length)];
    }
}
