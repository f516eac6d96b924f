using System.Text.RegularExpressions;

namespace Tidegate.Platform.Security.Users;

/// <summary>User names: lower case, so that no two look alike but for case.</summary>
internal static partial class UserName
{
    public const string Rule = "1 to 64 of a-z, 0-9, '.', '_', '-', beginning with a letter or digit";

    public static bool IsValid(string name) => Form().IsMatch(name);

    [GeneratedRegex(@"^[a-z0-9][a-z0-9._-]{0,63}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
    private static partial Regex Form();
}
