using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Tidegate.Platform.Security.Passwords;

/// <summary>
/// Stored form of a password: <c>pbkdf2-sha512$ITERATIONS$SALT$HASH</c>, base64. The parameters stand in it, so that the cost can be raised and older
/// hashes still verify; <see cref="IsCurrent"/> tells which to renew at the next login.
/// </summary>
internal static class PasswordHash
{
    private const string Scheme = "pbkdf2-sha512";
    private const int SaltLength = 16;
    private const int HashLength = 64;

    /// <summary>Verifying against this costs what verifying a real one costs: an unknown name must not answer faster.</summary>
    public static string OfNobody(int iterations) => Format(iterations, new byte[SaltLength], new byte[HashLength]);

    public static string Create(string password, int iterations)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltLength);
        return Format(iterations, salt, Derive(password, salt, iterations, HashLength));
    }

    public static bool Verify(string password, string stored)
    {
        var (iterations, salt, expected) = Parse(stored);
        return CryptographicOperations.FixedTimeEquals(Derive(password, salt, iterations, expected.Length), expected);
    }

    public static bool IsCurrent(string stored, int iterations) => Parse(stored).Iterations >= iterations;

    public static bool IsReadable(string stored)
    {
        try
        {
            return Parse(stored) is { Iterations: > 0, Salt.Length: > 0, Hash.Length: > 0 };
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static byte[] Derive(string password, byte[] salt, int iterations, int length) =>
        Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(password), salt, iterations, HashAlgorithmName.SHA512, length);

    private static string Format(int iterations, byte[] salt, byte[] hash) =>
        string.Create(CultureInfo.InvariantCulture, $"{Scheme}${iterations}${Convert.ToBase64String(salt)}${Convert.ToBase64String(hash)}");

    private static (int Iterations, byte[] Salt, byte[] Hash) Parse(string stored)
    {
        if (stored.Split('$') is [Scheme, var iterations, var salt, var hash])
            return (int.Parse(iterations, CultureInfo.InvariantCulture), Convert.FromBase64String(salt), Convert.FromBase64String(hash));
        throw new FormatException("The stored password hash has a form this program does not know.");
    }
}
