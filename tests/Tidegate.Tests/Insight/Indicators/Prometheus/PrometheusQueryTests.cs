using Tidegate.Core.Resources.OpenSlo.Indicators;
using Tidegate.Insight.Indicators.Prometheus;

namespace Tidegate.Tests.Insight.Indicators.Prometheus;

public sealed class PrometheusQueryTests
{
    private static readonly PrometheusAddress Server = new("metrics", new() { Url = new("http://127.0.0.1:9090") });

    [Theory]
    // Counters are looked at on the borders of steps.
    [InlineData("x_total", true, "1m", "sum((x_total - x_total offset 1m) >= 0 or (x_total and x_total offset 1m))", 1)]
    [InlineData(" sum( x_total{a=\"}\"} ) ", true, "5m", "sum((x_total{a=\"}\"} - x_total{a=\"}\"} offset 5m) >= 0 or (x_total{a=\"}\"} and x_total{a=\"}\"} offset 5m))", 1)]
    // What says itself over what time it counts is asked as it is.
    [InlineData("sum(increase(x_total[{{.window}}]))", true, "30s", "sum(increase(x_total[30s]))", 1)]
    [InlineData("sum(rate(x_total[{{.window}}]))", false, "1m", "sum(rate(x_total[1m]))", 60)]
    [InlineData("sum(rate(x_total[5m]))", true, "5m", "sum(rate(x_total[5m]))", 300)]
    [InlineData("sum(increase(x_total[5m]))", true, "1m", "sum(increase(x_total[5m]))", 1)]
    [InlineData("sum(increase(x_total[5m])) > 0 and rate(y[5m]) > 1", true, "1m", "sum(increase(x_total[5m])) > 0 and rate(y[5m]) > 1", 1)]
    [InlineData("sum(count_over_time(x[1m]))", true, "1m", "sum(count_over_time(x[1m]))", 1)]
    // What goes up and down is the number of events of its step.
    [InlineData("x", false, "1m", "x", 1)]
    [InlineData("error_rate", false, "1m", "error_rate", 1)]
    public void Events_ByTheQuery_AreAskedAs(string query, bool counter, string step, string asked, double factor)
    {
        var made = PrometheusQuery.Events(Server, new() { Query = query, Step = Tidegate.Core.Resources.Schema.Duration.Parse(step) }, counter);

        Assert.Equal((asked, QueryForm.Value, factor), (made.Expression, made.Form, made.Factor));
        Assert.Equal(query.Trim(), made.Written);
    }

    [Fact]
    public void Events_CounterThatIsNoSelector_IsCountedHere() =>
        Assert.Equal(QueryForm.Growth, PrometheusQuery.Events(Server, new() { Query = "a_total + b_total" }, counter: true).Form);

    [Fact]
    public void Value_WithAWindow_LooksAtFiveMinutesAtLeast()
    {
        var spec = new PrometheusIndicatorConfig { Query = "q(x[{{.window}}])" };

        Assert.Equal("q(x[5m])", PrometheusQuery.Value(Server, spec, TimeSpan.FromMinutes(5)).Expression);
        Assert.Equal("q(x[15m])", PrometheusQuery.Value(Server, spec with { Step = TimeSpan.FromMinutes(15) }, TimeSpan.FromMinutes(5)).Expression);
        Assert.Equal("q(x[1m])", PrometheusQuery.Value(Server, spec, TimeSpan.Zero).Expression);
    }
}
