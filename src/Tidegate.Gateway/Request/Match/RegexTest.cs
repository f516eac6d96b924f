using System.Text.RegularExpressions;

namespace Tidegate.Gateway.Request.Match;

/// <summary>Matches an expression, in time linear in the value.</summary>
internal sealed class RegexTest(string pattern) : ValueTest
{
    private readonly Regex _regex = new(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    /// <inheritdoc/>
    public override bool Holds(ReadOnlySpan<char> value) => _regex.IsMatch(value);
}
