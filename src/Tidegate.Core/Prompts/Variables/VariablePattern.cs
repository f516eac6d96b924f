using System.Text.RegularExpressions;

namespace Tidegate.Core.Prompts.Variables;

/// <summary>Patterns of values: found anywhere in them, in linear time.</summary>
internal static class VariablePattern
{
    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;

    /// <summary>The expression; for patterns without a problem.</summary>
    public static Regex Make(string pattern) => new(pattern, Options);

    /// <summary>What is wrong with a pattern, or null.</summary>
    public static string? Problem(string pattern)
    {
        try
        {
            Make(pattern);
            return null;
        }
        catch (NotSupportedException) { return "Lookarounds, backreferences and atomic groups need backtracking, which is not used on calls: write the expression without them."; }
        catch (ArgumentException e) { return $"This is no regular expression: {e.Message}"; }
    }
}
