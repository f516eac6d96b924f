using System.Security.Cryptography;

namespace Tidegate.Platform.Security.Passwords;

/// <summary>What a password must be: long. Composition rules make people write them down (NIST SP 800-63B).</summary>
internal static class PasswordRules
{
    public const int Shortest = 12;

    /// <summary>Longer ones are refused unread, so that nobody can make us hash megabytes.</summary>
    public const int Longest = 256;

    // Without letters that look alike.
    private const string Alphabet = "abcdefghijkmnpqrstuvwxyz23456789";

    /// <summary>Null when it will do, else what is wrong.</summary>
    public static string? Objection(string user, string password)
    {
        if (password.Length < Shortest) return $"The password has {password.Length} characters; at least {Shortest} are needed.";
        if (password.Length > Longest) return $"The password has more than {Longest} characters.";
        if (password.Contains(user, StringComparison.OrdinalIgnoreCase)) return "The password contains the user name.";
        if (password.Distinct().Count() < 5) return "The password repeats the same few characters.";
        return null;
    }

    /// <summary>100 bits in groups that can be read aloud.</summary>
    public static string Random() => string.Join('-', Enumerable.Range(0, 4).Select(_ => RandomNumberGenerator.GetString(Alphabet, 5)));
}
