using System.Text.RegularExpressions;
using Tidegate.Core.Resources.Reading;
using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources.Objectives.Matchers;

/// <summary>Matchers name a label, and regular expressions are ones that can be matched in time.</summary>
internal static class MatcherCheck
{
    public static void Check(IReadOnlyList<MatcherConfig> matchers, string path, ResourceScope scope)
    {
        for (int i = 0; i < matchers.Count; i++)
        {
            var matcher = matchers[i];
            if (!LabelWord.IsLegal(matcher.Name)) scope.Error("bad_name", $"{path}[{i}].name", LabelWord.Problem(matcher.Name));
            if (matcher.Op is MatcherOperator.Matches or MatcherOperator.DoesNotMatch && Problem(matcher.Value) is { } problem)
                scope.Error("bad_pattern", $"{path}[{i}].value", $"\"{Echo.Of(matcher.Value)}\" is no regular expression: {problem}");
        }
    }

    private static string? Problem(string pattern)
    {
        try
        {
            _ = new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
            return null;
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return e.Message;
        }
    }
}
