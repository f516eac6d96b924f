using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Tidegate.Core.Resources.OpenSlo.Promql;
using Tidegate.Tests.Support;
using Xunit;

namespace Tidegate.Tests.Core.Resources.OpenSlo.Promql;

/// <summary>What is said of queries, beside what Prometheus says of them.</summary>
public sealed partial class PromqlQueryTests
{
    private static readonly string[] Good =
    [
        "up", "up{}", "up{job=\"a\"}", "{job=~\"a|b\",x!=\"\"}", "up{job='a',}", "up{a!~`b.*`}", "job:up:sum5m", "1", "1e-3 * up", "-up", "-(1 + 2)", "0x1F", "Inf", "- nan",
        "sum(rate(http_requests_total{code=~\"5..\"}[5m])) / sum(rate(http_requests_total[5m]))", "sum by (job) (up)", "SUM(up) BY (job)", "sum without(instance, pod) (up)", "sum by () (up)",
        "topk(5, up)", "quantile(0.9, up)", "count_values(\"v\", up)", "histogram_quantile(0.99, sum by (le) (rate(x_bucket[5m])))", "rate(x[5m] offset 1h)", "up offset -5m", "up @ 1609746000", "up @ start()", "rate(x[5m] @ end())",
        "avg_over_time((up > bool 0)[1h:1m])", "max_over_time(rate(x[5m])[1h:])", "max_over_time(rate(x[5m])[1h:1m] offset 5m)", "a and b", "a or on(x) b unless ignoring(y) c", "a / on(x) group_left(y) b", "a / ignoring(x) group_right b",
        "1 > bool 2", "1 > 2 + up", "a > 5 and b < 3", "2 ^ 3 ^ up", "-2 ^ up", "a atan2 b", "vector(1)", "scalar(up) + 1", "time() - up", "label_replace(up, \"a\", \"$1\", \"b\", \"(.*)\")", "label_join(up, \"a\", \"-\", \"b\", \"c\")",
        "hour()", "hour(up)", "round(up)", "round(up, 0.1)", "clamp(up, 0, 1)", "predict_linear(x[1h], 3600)", "holt_winters(x[1h], 0.5, 0.5)", "quantile_over_time(0.9, x[1h])", "absent(up{job=\"x\"})", "absent_over_time(up[5m])",
        "up # how it is", "sum( # of all\n  up\n)", "up{a=\"#{[(\"}", "up{a=\"\\\"}\"}", "sum", "sum + count", "avg{a=\"b\"}", "up{bool=\"x\"}", "((((up))))", "sort_desc(sum(up))",
        "rate(x[1d12h])", "count(up == 1) or vector(0)", "a * on() group_left() b", "group(up)", "timestamp(up)", "minute(vector(time()))",
    ];

    private static readonly string[] Bad =
    [
        "sum(rate(x[5m])", "sum(up))", "up)", "(", ")", "()", "up up", "up +", "* up", "up + * up", "sum()", "sum(up", "rate(x)", "rate(up + 1)", "sum(x[5m])", "x[5m]", "rate(x[5m])[5m]", "x[5m] + 1", "\"text\"", "'a' + 1",
        "up{job=a}", "up{job}", "up{job=\"a\" x=\"b\"}", "up{", "up{job=\"a\"", "up{job=\"a}", "up[5m", "rate(x[])", "rate(x[5])[", "rate(x[5 minutes])", "rate(x[5x])", "{}", "up{job==\"a\"}", "rat(x[5m])", "avg_over_time(up)", "abs(x[5m])", "topk(up)", "topk(5)",
        "sum(up, up)", "1 > 2", "1 and 2", "up and 1", "a + bool b", "a and on(x) group_left b", "1 + on(x) 2", "up offset", "up @", "(up) offset 5m", "sum(up) offset 5m", "sum by job (up)", "sum by (job up", "up == ", "scalar(1)", "histogram_quantile(up, 0.9)",
        "label_replace(up, \"a\")", "up $ 1", "up{a=~\"(\"}", "up{a=~\"*\"}", "up{a=~\"(?=x)\"}", "1.2.3", "up; down", "a b c", "up{a='b}", "clamp(up, 0)", "5m_up", "-\"a\"", "rate(x[5m]) by (job)", "vector(up)", "up[5m:1m][5m]",
    ];

    [Fact]
    public async Task Problem_IsSaidOfExactlyWhatPrometheusRefuses()
    {
        string[] all = [.. Good, .. Bad];
        var rules = string.Join('\n', all.Select((q, i) => $"  - {{ record: 'r{i}', expr: {JsonSerializer.Serialize(q)} }}"));
        using var folder = new TempDirectory();
        await File.WriteAllTextAsync(folder.Combine("rules.yaml"), $"groups:\n- name: g\n  rules:\n{rules}\n", TestContext.Current.CancellationToken);

        var (_, said) = await Promtool.RunAsync("check", "rules", folder.Combine("rules.yaml"));

        var refused = Refused().Matches(said).Select(m => all[int.Parse(m.Groups["number"].ValueSpan, CultureInfo.InvariantCulture)]).ToHashSet(StringComparer.Ordinal);
        Assert.NotEmpty(refused);
        Assert.DoesNotContain(Good, q => refused.Contains(q) || PromqlQuery.Problem(q) is not null);
        // No rule takes a range or a text, but promtool looks at the types of arguments alone.
        Assert.DoesNotContain(Bad, q => (!refused.Contains(q) && q is not ("x[5m]" or "\"text\"")) || PromqlQuery.Problem(q) is null);
    }

    [Theory]
    [InlineData("sum(rate(x[5m])", "'(' (character 4) is not closed")]
    [InlineData("rate(x)", "'rate' (character 1) takes a range such as x[5m]")]
    [InlineData("sum(x[5m])", "'sum' (character 1) takes a vector, and a range stands there")]
    [InlineData("x[5m]", "it gives a range, not one value at a time")]
    [InlineData("incraese(x[5m])", "'incraese' (character 1) is no function of Prometheus (did you mean increase?)")]
    [InlineData("up{job=a}", "'{job=a}' (character 3) holds no matchers such as name=\"value\"")]
    [InlineData("up{job=\"a}", "'{' (character 3) is not closed")]
    [InlineData("a b", "an operator is missing before 'b' (character 3)")]
    [InlineData("a +", "a value is missing before the end")]
    [InlineData("# nothing", "it is empty")]
    public void Problem_SaysWhatAndWhere(string query, string words) => Assert.StartsWith(words, PromqlQuery.Problem(query), StringComparison.Ordinal);

    [Fact]
    public void Problem_OfEndlessDepth_IsThatDepth()
    {
        Assert.Contains("levels deep", PromqlQuery.Problem(new string('(', 100_000)), StringComparison.Ordinal);
        Assert.Null(PromqlQuery.Problem("avg_over_time(up[{{.window}}])"));
    }

    [Theory]
    [InlineData("up # as it is", "up")]
    [InlineData("up{a=\"#\"}", "up{a=\"#\"}")]
    [InlineData("scalar(up)", "vector(scalar(up))")]
    [InlineData("sum(up)", "sum(up)")]
    public void AsVector_CanBePutIntoBrackets(string query, string expected) => Assert.Equal(expected, PromqlQuery.AsVector(query));

    [GeneratedRegex("\"r(?<number>[0-9]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Refused();
}
