using System.Globalization;
using System.Text;
using Tidegate.Core.Resources.OpenSlo.Indicators;

namespace Tidegate.Insight.Indicators.Prometheus;

/// <summary>How a server is reached, and what it is called.</summary>
/// <param name="Name">Name of the DataSource, or the address where there is none: what history is kept under.</param>
/// <param name="Connection">How it is reached.</param>
internal sealed record PrometheusAddress(string Name, PrometheusConnectionConfig Connection)
{
    /// <summary>Equal for equal settings: they share connections and limits.</summary>
    public string Key { get; } = KeyOf(Connection);

    /// <summary>For messages: name and address.</summary>
    public string Text => Name == Connection.Url.OriginalString ? Name : $"{Name} ({Connection.Url.GetLeftPart(UriPartial.Path).TrimEnd('/')})";

    private static string KeyOf(PrometheusConnectionConfig c)
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{c.Url}\n{c.Username}\n{c.Password}\n{c.BearerToken}\n{c.CaFile}\n{c.Timeout}");
        foreach (var (name, value) in c.Headers.OrderBy(h => h.Key, StringComparer.Ordinal)) text.Append('\n').Append(name).Append(':').Append(value);
        return text.ToString();
    }
}
