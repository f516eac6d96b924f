using System.Text;
using System.Text.RegularExpressions;

namespace Tidegate.Core.Prompts.Variables;

/// <summary>Patterns of values: found anywhere in them, in linear time.</summary>
internal static class VariablePattern
{
    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;

    /// <summary>The expression; for patterns without a problem.</summary>
    public static Regex Make(string pattern) => new(VeryEnd(pattern), Options);

    // "$" as ECMAScript, and so JSON Schema, means it: .NET's also stands before a line break at the end, and would let one through.
    private static string VeryEnd(string pattern)
    {
        var output = new StringBuilder(pattern.Length + 4);
        var inClass = false;
        for (var i = 0; i < pattern.Length; i++)
        {
            var c = pattern[i];
            if (c == '\\' && i + 1 < pattern.Length)
            {
                output.Append(c).Append(pattern[++i]);
                continue;
            }

            if (c == '[' && !inClass)
            {
                inClass = true;
                output.Append(c);
                // A bracket right behind it is one of the class.
                if (i + 1 < pattern.Length && pattern[i + 1] == '^') output.Append(pattern[++i]);
                if (i + 1 < pattern.Length && pattern[i + 1] == ']') output.Append(pattern[++i]);
                continue;
            }

            if (c == ']' && inClass) inClass = false;
            if (c == '$' && !inClass) output.Append(@"\z");
            else output.Append(c);
        }

        return output.ToString();
    }

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
