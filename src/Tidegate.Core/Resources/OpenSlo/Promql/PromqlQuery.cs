using Tidegate.Core.Resources.OpenSlo.Prometheus;

namespace Tidegate.Core.Resources.OpenSlo.Promql;

/// <summary>What can be told of a query before a Prometheus is asked. Metrics and their labels are not known here; a query without a problem may still have no data.</summary>
internal static class PromqlQuery
{
    // What is told of it must not depend on the window, whose place is taken by any.
    private const string AnyWindow = "5m";

    /// <summary>Why no Prometheus evaluates it, as the end of a sentence without full stop; null when nothing is wrong.</summary>
    public static string? Problem(string query) => Read(query).Problem;

    /// <summary>The query as it can be put into brackets and behind functions of vectors: without comments, and as a vector. Only for a query without a problem.</summary>
    public static string AsVector(string query)
    {
        var plain = PromqlLexer.WithoutComments(query);
        return Read(plain).Type is PromqlType.Scalar ? $"vector({plain})" : plain;
    }

    private static (PromqlType Type, string? Problem) Read(string query)
    {
        try
        {
            return PromqlParser.Read(query.Replace(CounterSelector.Window, AnyWindow, StringComparison.Ordinal)) switch
            {
                PromqlType.Range => (default, "it gives a range, not one value at a time: put it into rate(), increase() or a function such as avg_over_time()"),
                PromqlType.Text => (default, "it gives a text"),
                var type => (type, null),
            };
        }
        catch (FormatException e)
        {
            return (default, e.Message);
        }
    }
}
