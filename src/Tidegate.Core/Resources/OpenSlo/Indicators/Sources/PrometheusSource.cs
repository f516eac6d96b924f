using Tidegate.Core.Resources.OpenSlo.Promql;
using Tidegate.Core.Resources.Rules;
using Tidegate.Core.Resources.Shapes;

namespace Tidegate.Core.Resources.OpenSlo.Indicators.Sources;

/// <summary><c>prometheus</c>: queries to Prometheus servers.</summary>
internal sealed class PrometheusSource : MetricSourceType<PrometheusIndicatorConfig>
{
    private static readonly long Minute = TimeSpan.TicksPerMinute;

    public override string Word => "prometheus";

    public override bool IsRatio => false;

    public override RecordShape? Connection => ShapeCatalogue.OfRecord(typeof(PrometheusConnectionConfig));

    public override void CheckConnection(object connection, KeyPath path, ResourceScope scope)
    {
        var server = (PrometheusConnectionConfig)connection;
        Address(server.Url, path, scope);
        if (server.BearerToken is not null && server.Username is not null)
            scope.Error("contradiction", path + ".bearerToken", "A request carries one credential: remove bearerToken, or username and password.");
        if (server.Password is not null && server.Username is null) scope.Error("missing_key", path.ToString(), "The key \"username\" is missing: a password belongs to a user.");
        if (server.CaFile is not null && !scope.IsBroken(path + ".url") && server.Url.IsAbsoluteUri && server.Url.Scheme == "http") scope.Warning("unused_key", path + ".caFile", "The file is not used: the address is http://.");
    }

    protected override void Check(PrometheusIndicatorConfig spec, KeyPath path, ResourceScope scope)
    {
        if (string.IsNullOrWhiteSpace(spec.Query)) scope.Error("bad_text", path + ".query", "The query is empty: give a PromQL expression.");
        else if (PromqlQuery.Problem(spec.Query) is { } problem) scope.Warning("bad_query", path + ".query", $"Prometheus would not evaluate this query: {problem}. The objective would have no data, and is left out of exported rules.");
        if (spec.Url is { } url) Address(url, path, scope);
        // Events are kept by the minute: points must fall on its borders.
        if (spec.Step.Ticks % Minute != 0 ? Minute % spec.Step.Ticks != 0 : TimeSpan.TicksPerHour % spec.Step.Ticks != 0)
            scope.Error("bad_step", path + ".step", $"Minutes cannot be made of points every {Schema.Duration.Format(spec.Step)}: give a step that divides a minute (10s, 15s, 20s, 30s), or whole minutes that divide an hour (1m, 2m, 5m, 15m).");
    }

    private static void Address(Uri url, KeyPath path, ResourceScope scope)
    {
        if (!url.IsAbsoluteUri || url.Scheme is not ("http" or "https") || url.UserInfo.Length > 0 || url.Query.Length > 0 || url.Fragment.Length > 0)
            scope.Error("bad_address", path + ".url", "A server is an address such as https://prometheus.example.com:9090, without credentials and without a query; credentials go into the DataSource.");
    }
}
