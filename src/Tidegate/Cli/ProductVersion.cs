using System.Reflection;

namespace Tidegate.Cli;

/// <summary>What this program calls itself.</summary>
internal static class ProductVersion
{
    private static readonly string[] Parts =
        (typeof(ProductVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0.0.0").Split('+', 2);

    /// <summary><c>0.1.0</c>.</summary>
    public static string Number => Parts[0];

    /// <summary>Commit it was built from, or null when built outside a repository.</summary>
    public static string? Commit => Parts.Length > 1 ? Parts[1] : null;
}
