using System.Collections.Concurrent;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using Tidegate.Insight.Indicators;
using Tidegate.Insight.Indicators.Prometheus;
using Tidegate.Platform.Storage;
using Tidegate.Tests.Gateway.Support;
using Tidegate.Tests.Insight.Indicators.Support;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Insight.Indicators.Prometheus;

/// <summary>A server that says what cannot be, or nothing: no data with the reason, never good, and nobody else's objective suffers.</summary>
public sealed class LyingServerTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Edge = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private readonly SqliteTestDatabase _database = new();
    private readonly FakeTimeProvider _time = new(Edge.AddSeconds(3));
    private readonly TestSecrets _secrets = new();
    private readonly ConcurrentQueue<(string Query, long Start, long End)> _asked = new();
    private TestUpstream _server = null!;

    /// <summary>What the server says to the query of good events; null where it tells the truth.</summary>
    private Func<HttpContext, long, long, Task>? _lie;

    private double _good = 9;
    private double _total = 10;

    public async ValueTask InitializeAsync() => _server = await TestUpstream.StartAsync(AnswerAsync);

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Theory]
    [InlineData("""<html>Welcome</html>""", "answered with something that is no answer of the Prometheus API: good")]
    [InlineData("""{}""", "answered without status success")]
    [InlineData("""[]""", "answered with something that is no answer of the Prometheus API")]
    [InlineData("""{"status":"success"}""", "answered without data")]
    [InlineData("""{"status":"success","data":{"resultType":"vector","result":[]}}""", "answered with a vector where a matrix was asked for")]
    [InlineData("""{"status":"success","data":{"resultType":"matrix","result":[{"metric":{},"histograms":[]}]}}""", "answered with histograms where numbers were asked for")]
    [InlineData("""{"status":"success","data":{"resultType":"matrix","result":[{"metric":{},"values":[[END,"many"]]}]}}""", "answered with \"many\" where a number was asked for")]
    [InlineData("""{"status":"success","data":{"resultType":"matrix","result":[{"metric":{},"values":[[END,7]]}]}}""", "no answer of the Prometheus API")]
    [InlineData("""{"status":"success","data":{"resultType":"matrix","result":[{"metric":{},"values":[[END]]}]}}""", "no answer of the Prometheus API")]
    [InlineData("""{"status":"success","data":{"resultType":"matrix","result":[{"metric":{},"values":[[1,"1"]]}]}}""", "answered with a point at 1, which was not asked for")]
    [InlineData("""{"status":"success","data":{"resultType":"matrix","result":[{"metric":{},"values":[[END.5,"1"]]}]}}""", "which was not asked for")]
    [InlineData("""{"status":"success","data":{"resultType":"matrix","result":[{"metric":{},"values":[[END,"1"],[END,"2"]]}]}}""", "answered with two points at")]
    [InlineData("""{"status":"success","data":{"resultType":"matrix","result":[{"metric":{},"values":[[END,"NaN"]]}]}}""", "because good is NaN")]
    [InlineData("""{"status":"success","data":{"resultType":"matrix","result":[{"metric":{},"values":[[END,"+Inf"]]}]}}""", "because good is +Inf")]
    [InlineData("""{"status":"success","data":{"resultType":"matrix","result":[{"metric":{},"values":[[END,"1e308"]]}]}}""", "because good is 1E+308, and no more than 1000000000000 are counted at once")]
    [InlineData("""{"status":"success","data":{"resultType":"matrix","result":[{"metric":{},"values":[[END,"1e308"]]},{"metric":{"a":"b"},"values":[[END,"1e308"]]}]}}""", "because good is")]
    [InlineData("""{"status":"success","data":{"resultType":"matrix","result":[{"metric":{},"values":[[END,"-1"]]}]}}""", "because good is below zero (-1)")]
    [InlineData("""{"status":"success","data":{"resultType":"matrix","result":[{"metric":{},"values":[[END,"11"]]}]}}""", "because there are more good events (11) than events (10)")]
    public async Task Answer_ThatCannotBe_IsNoDataWithTheReason(string body, string reason)
    {
        // The first answers are as they should be; then the newest minute is not.
        await using var node = await StartAsync();
        await node.AskAsync();
        Assert.Equal("exhausted", node.Status("shop").State);
        _lie = (context, _, end) => context.Response.WriteAsync(body.Replace("END", end.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));
        var before = node.Status("shop").Total;

        await node.AskAsync(TimeSpan.FromMinutes(1));

        var status = node.Status("shop");
        Assert.Equal(("no_data", before - 10), (status.State, status.Total));
        Assert.Contains(reason, status.Reason, StringComparison.Ordinal);
        Assert.Equal(("exhausted", before), (node.Status("other").State, node.Status("other").Total));

        // And the truth again: nothing is missing.
        _lie = null;
        await node.AskAsync(TimeSpan.FromMinutes(1));
        await node.AskAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(("exhausted", before), (node.Status("shop").State, node.Status("shop").Total));
        Assert.Equal(3230, Assert.Single(node.Log.Lines).Event);
    }

    [Theory]
    [InlineData(400, """{"status":"error","errorType":"bad_data","error":"1:5: parse error: unexpected )"}""", "answered \"1:5: parse error: unexpected )\" to: good.")]
    [InlineData(401, "", "refuses the credentials (401 Unauthorized).")]
    [InlineData(302, "", "answered 302 Found.")]
    [InlineData(404, "not here", "answered 404 Not Found.")]
    [InlineData(502, "bad gateway", "answered 502 Bad Gateway.")]
    public async Task Refusal_IsNoDataWithWhatWasSaid(int code, string body, string reason)
    {
        _lie = (context, _, _) =>
        {
            context.Response.StatusCode = code;
            if (code == 302) context.Response.Headers.Location = $"{_server.Address}elsewhere";
            return context.Response.WriteAsync(body);
        };
        await using var node = await StartAsync();

        await node.AskAsync();

        Assert.Equal(("no_data", 0.0), (node.Status("shop").State, node.Status("shop").Total));
        Assert.EndsWith(reason, node.Status("shop").Reason, StringComparison.Ordinal);
        Assert.DoesNotContain(_asked, a => a.Query.Contains("elsewhere", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Answer_ThatDoesNotCome_IsGivenUp_AndTheOthersAreAsked()
    {
        var asked = new TaskCompletionSource();
        var never = new TaskCompletionSource();
        _lie = (_, _, _) =>
        {
            asked.TrySetResult();
            return never.Task;
        };
        await using var node = await StartAsync(more: ", timeout: 1s");

        await node.AskAsync();

        Assert.True(asked.Task.IsCompleted);
        Assert.EndsWith("did not answer within 1 s: good.", node.Status("shop").Reason, StringComparison.Ordinal);
        Assert.Equal("exhausted", node.Status("other").State);
        never.SetResult();
    }

    [Fact]
    public async Task Answer_ThatIsTooLong_IsAskedForInSmallerParts_AndGivenUp()
    {
        _lie = async (context, _, _) =>
        {
            // Small on the wire.
            context.Response.Headers.ContentEncoding = "gzip";
            await using var gzip = new GZipStream(context.Response.Body, CompressionLevel.Fastest);
            await gzip.WriteAsync(new byte[PrometheusServer.MostAnswer + 1]);
        };
        await using var node = await StartAsync(window: "3d", alerts: "30d");

        for (var i = 0; i < 6; i++) await node.AskAsync(TimeSpan.FromSeconds(10));

        Assert.EndsWith("answered with more than 16 MiB to: good.", node.Status("shop").Reason, StringComparison.Ordinal);
        Assert.Equal("no_data", node.Status("shop").State);
        var lengths = _asked.Where(a => a.Query == "good").Select(a => (a.End - a.Start + 60) / 3600.0).Distinct().ToList();
        Assert.Equal([24, 12, 6, 3, 1.5, 0.75], lengths);
    }

    [Fact]
    public async Task Samples_ThatComeLate_ChangeWhatWasCounted()
    {
        await using var node = await StartAsync(window: "1d");
        await node.AskAsync();
        await node.AskAsync(TimeSpan.FromMinutes(1));
        var before = node.Status("shop");

        // The last ten minutes had other numbers than was known: fewer events in all, and more of them bad.
        (_good, _total) = (2, 5);
        await node.AskAsync(TimeSpan.FromMinutes(1));
        var after = node.Status("shop");

        Assert.Equal(before.Total + 5 - (10 * 5), after.Total);
        Assert.Equal(before.Bad + 3 + (10 * 2), after.Bad);
        await node.AskAsync(TimeSpan.FromHours(1));
        // Once an hour it is looked back further, as far as it was asked; and what is on disk is the same.
        var (total, bad) = (node.Status("shop").Total, node.Status("shop").Bad);
        Assert.True(total < after.Total + (60 * 5));
        await using var next = await StartAsync(window: "1d");
        await next.AskAsync();
        Assert.Equal((total, bad), (next.Status("shop").Total, next.Status("shop").Bad));
    }

    [Fact]
    public async Task Server_ThatIsNotThere_IsTriedOnceARound()
    {
        var address = _server.Address;
        await using var node = await PrometheusNode.StartAsync(_database, _time, PrometheusDocuments.Source("metrics", address) + string.Concat(Enumerable.Range(0, 40).Select(i => PrometheusDocuments.Slo($"s{i}", PrometheusDocuments.Ratio($"good{i} + 0", $"total{i} + 0", counter: false), "1h", alerts: "none")))[..^4]);
        _lie = (context, _, _) =>
        {
            context.Response.StatusCode = 503;
            return Task.CompletedTask;
        };

        await node.AskAsync();

        Assert.InRange(_server.Requests, 1, PrometheusServer.MostAtOnce * 2);
        Assert.All(Enumerable.Range(0, 40), i => Assert.EndsWith("answered 503 Service Unavailable.", node.Status($"s{i}").Reason, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Requests_AreFewAtATime()
    {
        var (running, most) = (0, 0);
        _lie = async (context, start, end) =>
        {
            var now = Interlocked.Increment(ref running);
            InterlockedMax(ref most, now);
            await Task.Yield();
            await WriteAsync(context, start, end, 1);
            Interlocked.Decrement(ref running);
        };
        await using var node = await PrometheusNode.StartAsync(_database, _time, PrometheusDocuments.Source("metrics", _server.Address) + string.Concat(Enumerable.Range(0, 30).Select(i => PrometheusDocuments.Slo($"s{i}", PrometheusDocuments.Ratio($"good{i} + 0", $"total{i} + 0", counter: false), "1h", alerts: "none")))[..^4]);

        await node.AskAsync();

        Assert.InRange(most, 1, PrometheusServer.MostAtOnce);
        Assert.All(Enumerable.Range(0, 30), i => Assert.NotEqual("no_data", node.Status($"s{i}").State));
    }

    [Fact]
    public async Task Servers_TwoOfOneIndicator_AreAskedSideBySide()
    {
        // Each answers when both were asked: one after the other there would be no answer.
        var (asked, both) = (0, new TaskCompletionSource());
        async Task TogetherAsync(HttpContext context)
        {
            if (Interlocked.Increment(ref asked) == 2) both.TrySetResult();
            await both.Task.WaitAsync(context.RequestAborted);
            await AnswerAsync(context);
        }

        await using var one = await TestUpstream.StartAsync(TogetherAsync);
        await using var two = await TestUpstream.StartAsync(TogetherAsync);
        var indicator = PrometheusDocuments.Ratio("good", "total", counter: false).Replace("total: {metricSource: {metricSourceRef: metrics", "total: {metricSource: {metricSourceRef: others", StringComparison.Ordinal);
        await using var node = await PrometheusNode.StartAsync(
            _database, _time, PrometheusDocuments.Source("metrics", one.Address) + PrometheusDocuments.Source("others", two.Address).Split("---")[0] + "---\n" + PrometheusDocuments.Slo("shop", indicator, "1h", alerts: "none")[..^4]);

        await node.AskAsync();

        Assert.Equal(("exhausted", 590.0, 2), (node.Status("shop").State, node.Status("shop").Total, asked));
    }

    [Fact]
    public async Task Node_ThatDoesNotJudge_DoesNotAsk_AndTakesUpWhatWasAsked()
    {
        await using var node = await StartAsync();
        await node.AskAsync();
        await using var second = await StartAsync(shared: true);
        Assert.True(await new Leases(second.Objectives.Store, true, _time).HoldAsync("objectives", TestContext.Current.CancellationToken));
        var asked = _asked.Count;

        await second.AskAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(asked, _asked.Count);
        Assert.Equal(("no_data", "Another node judges objectives, and asks."), (second.Status("shop").State, second.Status("shop").Reason));

        // The other one is gone: its lease ends.
        await second.AskAsync(Leases.Length * 2);
        Assert.Equal(("exhausted", ""), (second.Status("shop").State, second.Status("shop").Reason));
        Assert.All(_asked.Skip(asked), a => Assert.True(a.End - a.Start < 15 * 60 || a.End - a.Start == 60 * 60, $"{a}"));
    }

    [Fact]
    public async Task Credentials_AreSecretsThatAreResolvedForTheRequest()
    {
        var seen = new ConcurrentQueue<string>();
        _lie = (context, start, end) =>
        {
            seen.Enqueue($"{context.Request.Headers.Authorization} {context.Request.Headers["X-Scope-OrgID"]}");
            return WriteAsync(context, start, end, 9);
        };
        await using (var node = await StartAsync(more: ", bearerToken: \"${secret:prometheus}\", headers: {X-Scope-OrgID: shop}"))
        {
            await node.AskAsync();
            Assert.EndsWith("cannot be asked: ${secret:prometheus} is not set.", node.Status("shop").Reason, StringComparison.Ordinal);
            Assert.Empty(seen);
            _secrets.Values["${secret:prometheus}"] = "t0ken";
            await node.AskAsync(TimeSpan.FromSeconds(10));
            Assert.Equal("exhausted", node.Status("shop").State);
            Assert.All(seen, s => Assert.Equal("Bearer t0ken shop", s));
            Assert.All(node.Log.Lines, l => Assert.DoesNotContain("t0ken", l.Message, StringComparison.Ordinal));
        }

        seen.Clear();
        await using var basic = await StartAsync(more: ", username: ada, password: \"${secret:prometheus}\"");
        await basic.AskAsync(TimeSpan.FromMinutes(1));
        Assert.Equal($"Basic {Convert.ToBase64String("ada:t0ken"u8)} ", seen.First());
    }

    [Fact]
    public async Task Tls_IsTrustedByTheFileThatIsNamed()
    {
        using var files = new TlsFiles("localhost");
        await using var secure = await TestUpstream.StartAsync(AnswerAsync, certificate: files.Server);
        var address = new UriBuilder(secure.Address) { Host = "localhost" }.Uri;
        await using var stranger = await StartAsync(address: address);
        await stranger.AskAsync();
        Assert.Contains("cannot be reached", stranger.Status("shop").Reason, StringComparison.Ordinal);
        Assert.Contains("certificate", stranger.Status("shop").Reason, StringComparison.Ordinal);

        await using var node = await StartAsync(more: $", caFile: \"{files.CaFile}\"", address: address);
        await node.AskAsync();
        Assert.Equal("exhausted", node.Status("shop").State);
    }

    [Fact]
    public async Task Objectives_ThatBringMoreThanATickWrites_ComeInTurns_AndThoseThatAreThereFirst()
    {
        const int all = 30;
        // Three days each, in minutes: together more than may wait to be written.
        var slos = Enumerable.Range(0, all).Select(i => PrometheusDocuments.Slo($"o{i}", PrometheusDocuments.Ratio($"true_good{i}", "total", counter: false), "30d"));
        await using var node = await PrometheusNode.StartAsync(_database, _time, PrometheusDocuments.Source("metrics", _server.Address, "") + string.Concat(slos)[..^4], _secrets);

        await node.AskAsync();
        var asked = Enumerable.Range(0, all).Where(i => node.Status($"o{i}").Total > 0).ToList();
        Assert.InRange(asked.Count, SeriesHub.MostWaiting / 4320, all - 1);
        Assert.All(Enumerable.Range(0, all).Except(asked), i => Assert.Equal(("no_data", "It is not asked yet: what others brought of the past must be written first."), (node.Status($"o{i}").State, node.Status($"o{i}").Reason)));

        _asked.Clear();
        await node.AskAsync(TimeSpan.FromMinutes(1));
        Assert.All(Enumerable.Range(0, all), i => Assert.True(node.Status($"o{i}").Total >= 43_200, $"o{i} has {node.Status($"o{i}").Total}"));
        // Those that were judged had their new minute before the others had their days.
        var days = _asked.Select((a, at) => (a, at)).Where(x => x.a.End - x.a.Start > 80_000 && asked.All(i => x.a.Query != $"true_good{i}") && x.a.Query != "total").Min(x => x.at);
        Assert.True(_asked.Take(days + PrometheusServer.MostAtOnce).Count(a => asked.Any(i => a.Query == $"true_good{i}")) >= asked.Count - PrometheusServer.MostAtOnce);
    }

    [Fact]
    public async Task Server_ThatTakesLongerThanAMinuteForItsQueries_IsSaidToBeTooSlow()
    {
        await using var node = await StartAsync();
        await node.AskAsync();
        var (entered, gate) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        _lie = async (context, start, end) =>
        {
            entered.TrySetResult();
            await gate.Task;
            await WriteAsync(context, start, end, _good);
        };

        _time.Advance(TimeSpan.FromMinutes(5));
        await node.BeginAsync();
        await entered.Task.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        await node.BeginAsync();
        await node.Objectives.TickAsync();

        var status = node.Status("shop");
        Assert.Equal("no_data", status.State);
        Assert.Contains("answers too slowly to be asked every minute: it was last asked for what came until 2026-03-02 09:00:00Z", status.Reason, StringComparison.Ordinal);
        gate.SetResult();
        await node.AskAsync();
        Assert.Equal("exhausted", node.Status("shop").State);
    }

    private static void InterlockedMax(ref int most, int now)
    {
        for (var seen = Volatile.Read(ref most); now > seen; seen = Volatile.Read(ref most))
            if (Interlocked.CompareExchange(ref most, now, seen) == seen) return;
    }

    private Task<PrometheusNode> StartAsync(string more = "", Uri? address = null, string window = "1h", string alerts = "none", bool shared = false) => PrometheusNode.StartAsync(
        _database,
        _time,
        PrometheusDocuments.Source("metrics", address ?? _server.Address, more)
        + PrometheusDocuments.Slo("shop", PrometheusDocuments.Ratio("good", "total", counter: false), window, alerts: alerts)
        + PrometheusDocuments.Slo("other", PrometheusDocuments.Ratio("true_good", "total", counter: false), window, alerts: alerts)[..^4],
        _secrets,
        shared);

    private async Task AnswerAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync();
        var (query, start, end) = ((string)form["query"]!, long.Parse(form["start"]!, CultureInfo.InvariantCulture), long.Parse(form["end"]!, CultureInfo.InvariantCulture));
        _asked.Enqueue((query, start, end));
        Assert.Equal("/api/v1/query_range", context.Request.Path);
        if (_lie is { } lie && (query.StartsWith("good", StringComparison.Ordinal) || query.StartsWith("total", StringComparison.Ordinal) && query != "total")) await lie(context, start, end);
        else await WriteAsync(context, start, end, query == "total" ? _total : _good);
    }

    private static Task WriteAsync(HttpContext context, long start, long end, double value)
    {
        var text = new StringBuilder("""{"status":"success","data":{"resultType":"matrix","result":[{"metric":{},"values":[""");
        for (var at = start; at <= end; at += 60) text.Append(CultureInfo.InvariantCulture, $"{(at == start ? "" : ",")}[{at},\"{value}\"]");
        return context.Response.WriteAsync(text.Append("]}]}}").ToString());
    }
}
