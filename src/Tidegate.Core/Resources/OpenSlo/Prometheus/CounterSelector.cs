using System.Text.RegularExpressions;

namespace Tidegate.Core.Resources.OpenSlo.Prometheus;

/// <summary>What can be told of a PromQL query without understanding PromQL.</summary>
public static partial class CounterSelector
{
    /// <summary>Stands in a query for the length of time that is asked for.</summary>
    public const string Window = "{{.window}}";

    /// <summary>The selector that a query is, alone or in a <c>sum</c>; null when it is anything else. What is done to a counter must be done to each of its series, before they are summed.</summary>
    public static string? Of(string query) => Pattern().Match(query.Trim()) is { Success: true } found ? found.Groups["selector"].Value : null;

    // Quoted values may hold anything.
    [GeneratedRegex("""\A(?<sum>sum\s*\(\s*)?(?<selector>[a-zA-Z_:][a-zA-Z0-9_:]*\s*(\{([^{}"]|"([^"\\]|\\.)*")*\})?|\{([^{}"]|"([^"\\]|\\.)*")*\})(?(sum)\s*\))\z""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pattern();
}
