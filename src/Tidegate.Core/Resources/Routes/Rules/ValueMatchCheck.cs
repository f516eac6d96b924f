using System.Text.RegularExpressions;
using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources.Routes.Rules;

/// <summary>Conditions on values can be evaluated, and ask one thing each.</summary>
internal static class ValueMatchCheck
{
    public static void Run(IReadOnlyList<ValueMatchConfig> conditions, string list, bool header, ResourceScope scope)
    {
        for (int i = 0; i < conditions.Count; i++)
        {
            var (condition, path) = (conditions[i], $"{list}[{i}]");
            if (header ? !HttpSyntax.IsToken(condition.Name) : condition.Name.Length == 0)
                scope.Error("bad_name", $"{path}.name", $"\"{condition.Name}\" is no legal name of a {(header ? "header" : "query parameter")}.");
            int asked = (condition.OneOf.Count == 0 ? 0 : 1) + (condition.Prefix is null ? 0 : 1) + (condition.Contains is null ? 0 : 1) + (condition.Regex is null ? 0 : 1);
            if (asked > 1) scope.Error("at_most_one", path, "The condition asks several things: keep one of oneOf, prefix, contains, regex, and write a condition each for the others.");
            if (condition.Regex is not null && Problem(condition.Regex) is { } problem) scope.Error("bad_regex", $"{path}.regex", problem);
        }
    }

    private static string? Problem(string pattern)
    {
        try
        {
            _ = new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
            return null;
        }
        catch (RegexParseException e) { return $"This is no regular expression: {e.Message}"; }
        catch (NotSupportedException) { return "Lookarounds, backreferences and atomic groups need backtracking, which is not used on calls: write the expression without them."; }
        catch (ArgumentException e) { return $"This is no regular expression: {e.Message}"; }
    }
}
