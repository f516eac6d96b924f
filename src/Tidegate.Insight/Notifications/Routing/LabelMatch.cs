using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Tidegate.Core.Resources.Objectives.Matchers;

namespace Tidegate.Insight.Notifications.Routing;

/// <summary>Whether matchers fit an alert, as Alertmanager has it: all must, expressions fit the whole value, and a label that is not there is empty.</summary>
internal static class LabelMatch
{
    private static readonly ConcurrentDictionary<string, Regex> Expressions = new(StringComparer.Ordinal);

    public static bool Fits(IReadOnlyList<MatcherConfig> matchers, AlertNotice notice)
    {
        foreach (var matcher in matchers)
            if (!Fits(matcher, notice.Label(matcher.Name))) return false;
        return true;
    }

    private static bool Fits(MatcherConfig matcher, string value) => matcher.Op switch
    {
        MatcherOperator.Equal => value == matcher.Value,
        MatcherOperator.NotEqual => value != matcher.Value,
        MatcherOperator.Matches => Of(matcher.Value).IsMatch(value),
        _ => !Of(matcher.Value).IsMatch(value),
    };

    // Documents hold few; they were checked when they were read.
    private static Regex Of(string pattern) => Expressions.GetOrAdd(pattern, static p => new Regex($@"\A(?:{p})\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant));
}
