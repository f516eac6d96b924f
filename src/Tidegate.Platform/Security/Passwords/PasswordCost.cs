namespace Tidegate.Platform.Security.Passwords;

/// <summary>How expensive a password hash is. Raising it renews each stored hash at its owner's next login.</summary>
/// <param name="Iterations">Iterations of PBKDF2-HMAC-SHA512.</param>
internal sealed record PasswordCost(int Iterations)
{
    /// <summary>OWASP Password Storage Cheat Sheet for PBKDF2-HMAC-SHA512.</summary>
    public static PasswordCost Default { get; } = new(210_000);
}
