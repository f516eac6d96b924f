using Tidegate.Core.Ports;
using Tidegate.Core.Resources.Schema;

namespace Tidegate.Core.Resources.Secrets;

/// <summary>Texts that hold secret references.</summary>
public static class SecretText
{
    /// <summary>What stands for a plain secret wherever a document is shown.</summary>
    public const string Mask = "***";

    // Words that make a header a credential; matched within the name, so X-Vendor-Api-Key is one.
    private static readonly string[] CredentialWords = ["authorization", "cookie", "token", "secret", "password", "api-key", "apikey", "credential"];

    /// <summary>True when the text holds at least one reference.</summary>
    public static bool HasReference(string text) => SecretReference.FindAll(text).Count > 0;

    /// <summary>True when a header or parameter of this name carries a credential.</summary>
    public static bool IsCredentialName(string name) => CredentialWords.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase));

    /// <summary>The text with its references resolved on this node; false with a reason that names the reference, never a value.</summary>
    public static bool TryExpand(string text, ISecretSource secrets, out string value, out string? reason)
    {
        string? problem = null;
        value = SecretReference.Replace(text, reference =>
        {
            if (secrets.TryResolve(reference.ToString(), out var resolved, out var why)) return resolved;
            problem ??= why ?? $"{reference} cannot be resolved.";
            return "";
        });
        reason = problem;
        if (problem is not null) value = "";
        return problem is null;
    }

    /// <summary>The text as people may see it: references stay, plain secrets do not.</summary>
    /// <param name="text">The value.</param>
    /// <param name="secret">How its property is marked.</param>
    /// <param name="name">Name of the header or parameter, where there is one.</param>
    internal static string Shown(string text, SecretAttribute secret, string name) => IsPlainSecret(text, secret, name) ? Mask : text;

    /// <summary>True when a secret was written in clear.</summary>
    internal static bool IsPlainSecret(string text, SecretAttribute secret, string name) =>
        text.Length > 0 && !HasReference(text) && (!secret.PlainAllowed || IsCredentialName(name));
}
