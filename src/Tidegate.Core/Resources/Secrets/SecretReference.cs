using System.Text.RegularExpressions;

namespace Tidegate.Core.Resources.Secrets;

/// <summary>A secret named in a document instead of written there: <c>${env:NAME}</c>, <c>${file:path}</c>, <c>${secret:name}</c>.</summary>
/// <param name="Scheme"><c>env</c>, <c>file</c> or <c>secret</c>.</param>
/// <param name="Name">Name or path within the scheme.</param>
public readonly partial record struct SecretReference(string Scheme, string Name)
{
    /// <summary>All schemes.</summary>
    public static IReadOnlyList<string> Schemes { get; } = ["env", "file", "secret"];

    /// <inheritdoc/>
    public override string ToString() => $"${{{Scheme}:{Name}}}";

    /// <summary>The references in a text, which may hold none.</summary>
    public static IReadOnlyList<SecretReference> FindAll(string text) =>
        text.Contains("${", StringComparison.Ordinal) ? [.. Pattern().Matches(text).Select(Of)] : [];

    /// <summary>The reference that is the whole text, or null.</summary>
    public static SecretReference? Find(string text)
    {
        var match = Pattern().Match(text);
        return match.Success && match.Length == text.Length ? Of(match) : null;
    }

    /// <summary>The text with every reference replaced.</summary>
    internal static string Replace(string text, Func<SecretReference, string> value) => Pattern().Replace(text, match => value(Of(match)));

    private static SecretReference Of(Match match) => new(match.Groups["scheme"].Value, match.Groups["name"].Value);

    [GeneratedRegex(@"\$\{(?<scheme>env|file|secret):(?<name>[^{}\s]+)\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pattern();
}
