using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text;
using Microsoft.AspNetCore.Http;
using Tidegate.Core.Calls;
using Tidegate.Core.Resources.Routes;
using Tidegate.Tests.Gateway.Support;

namespace Tidegate.Tests.Gateway.Request.Record;

public sealed class RecordStageTests
{
    private const string CallersTrace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    [Fact]
    public async Task Record_PlainCall_SaysEverything()
    {
        await using var upstream = await TestUpstream.StartAsync(async c =>
        {
            await c.Request.Body.CopyToAsync(Stream.Null, c.RequestAborted);
            await c.Response.WriteAsync("12345");
        });
        await using var gateway = await TestGateway.StartAsync(Config.Document(Config.Service("s", upstream.Address), Config.Route("r", "s", r => r with { Version = "v7" })));

        using var response = await gateway.SendAsync(HttpMethod.Put, "/a/%C3%BC?secret=1", content: new ByteArrayContent(Encoding.ASCII.GetBytes("abc")));

        var record = await gateway.Calls.NextAsync();
        Assert.Equal(("PUT", "127.0.0.1", "/a/%C3%BC", "HTTP/1.1", "http", "127.0.0.1"), (record.Method, record.Host, record.Path, record.Protocol, record.Kind, record.ClientIp));
        Assert.Equal(("r", "s", "v7", upstream.Address.Authority, 200, CallOutcome.Ok), (record.Route, record.Service, record.Version, record.Destination, record.Status, record.Outcome));
        Assert.Equal((3, 5, 1), (record.RequestBytes, record.ResponseBytes, record.Revision));
        Assert.Equal(record.Id.ToString("N"), Assert.Single(response.Headers.GetValues("X-Tidegate-Call-Id")));
        Assert.InRange(record.UpstreamFirstByteUs, 1, record.FirstByteUs);
        Assert.InRange(record.FirstByteUs, 1, record.DurationUs);
        Assert.Equal(7, record.Id.Version);
        Assert.NotEqual((UInt128.Zero, 0ul), (record.TraceId, record.SpanId));
    }

    [Fact]
    public async Task Record_ManyCallsOnOneConnection_NoneInheritsFromTheOneBefore()
    {
        await using var upstream = await TestUpstream.StartAsync(c => c.Response.WriteAsync("x"));
        await using var gateway = await TestGateway.StartAsync(Config.Document(Config.Service("s", upstream.Address), Config.Path("one", "/one", "s"),
            Config.Route("keyed", "s", r => r with { Match = new MatchConfig { Path = "/keyed" }, Identify = new IdentifyConfig(), Limits = [new LimitConfig { Calls = 5 }] }),
            Config.Consumer("acme")), Config.Key("k", "acme", "secret"));
        using var client = await RawClient.ConnectAsync(gateway.Address);
        foreach (var (path, header) in new[] { ("/keyed", "X-Api-Key: secret\r\n"), ("/one", ""), ("/none", ""), ("/one", ""), ("/keyed", "") })
        {
            await client.Connection.WriteAsync($"GET {path} HTTP/1.1\r\nHost: a.example:8080\r\n{header}\r\n");
            var response = await client.ReadResponseAsync();
            Assert.Equal(path == "/keyed" && header.Length > 0, response.Header("RateLimit") is not null);
        }

        var records = await gateway.Calls.WaitForAsync(5);
        Assert.Equal(["keyed/acme/k/200", "one///200", "///404", "one///200", "keyed///401"], records.Select(r => $"{r.Route}/{r.Consumer}/{r.KeyId}/{r.Status}"));
        Assert.Equal(5, records.Select(r => r.Id).Distinct().Count());
        Assert.Equal(5, records.Select(r => r.TraceId).Distinct().Count());
        Assert.All(records, r => Assert.Equal("a.example", r.Host));
    }

    [Fact]
    public async Task Semantics1_6_CallerLeavesBeforeTheAnswer_Is499AndNobodysFailure()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var upstream = await TestUpstream.StartAsync(async c =>
        {
            asked.TrySetResult();
            await Task.Delay(Timeout.Infinite, c.RequestAborted);
        });
        await using var gateway = await TestGateway.StartAsync(Config.Single(upstream.Address));
        using (var client = await RawClient.ConnectAsync(gateway.Address))
        {
            await client.Connection.WriteAsync("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            await asked.Task;
        }

        var record = await gateway.Calls.NextAsync();
        Assert.Equal((499, CallOutcome.ClientCancelled), (record.Status, record.Outcome));
        Assert.False(record.Outcome.IsServiceFailure());
    }

    [Fact]
    public async Task Record_FullSink_DoesNotDisturbTheCall()
    {
        await using var upstream = await TestUpstream.StartAsync();
        await using var gateway = await TestGateway.StartAsync(Config.Single(upstream.Address));
        gateway.Calls.Full = true;
        using var response = await gateway.GetAsync("/");
        Assert.Equal(200, (int)response.StatusCode);
        Assert.Empty(gateway.Calls.Records);
    }

    [Fact]
    public async Task Record_RandomMixOfCalls_CountsPerStatusEqualWhatTheClientSaw()
    {
        await using var upstream = await TestUpstream.StartAsync(async c =>
        {
            c.Response.StatusCode = int.Parse(c.Request.Path.Value![2..]);
            await c.Response.WriteAsync("x");
        });
        await using var gateway = await TestGateway.StartAsync(Config.Document(Config.Service("s", upstream.Address),
            Config.Route("limited", "s", r => r with
            {
                Match = new MatchConfig { Path = "/x200" },
                Limits = [new LimitConfig { By = LimitKey.Route, Calls = 3, Per = TimeSpan.FromHours(1) }],
            })));
        string[] requests =
        [
            "GET /x200 HTTP/1.1\r\nHost: a\r\n\r\n", "GET /none HTTP/1.1\r\nHost: a\r\n\r\n", "GET / HTTP/1.1\r\nHost: a\r\nX: \u0001\r\n\r\n", "BAD\r\n\r\n",
            "GET / HTTP/1.1\r\n\r\n", "TRACE / HTTP/1.1\r\nHost: a\r\n\r\n", $"GET /{new string('x', 9000)} HTTP/1.1\r\nHost: a\r\n\r\n",
        ];
        var seen = new Dictionary<int, int>();
        for (var i = 0; i < 70; i++)
        {
            var status = (await gateway.RawAsync(requests[i * 31 % requests.Length])).Status;
            seen[status] = seen.GetValueOrDefault(status) + 1;
        }

        var records = await gateway.Calls.WaitForAsync(70);
        Assert.Equal(seen.OrderBy(s => s.Key), records.GroupBy(r => r.Status).ToDictionary(g => g.Key, g => g.Count()).OrderBy(s => s.Key));
        Assert.Equal([200, 400, 404, 405, 414, 429], seen.Keys.Order());
    }

    [Fact]
    public async Task Trace_OfTheCaller_IsContinued()
    {
        var (sent, record) = await TraceAsync($"traceparent: {CallersTrace}\r\ntracestate: vendor=1\r\n");
        Assert.Equal("4bf92f3577b34da6a3ce929d0e0e4736", TraceContext.Text(record.TraceId));
        Assert.NotEqual("00f067aa0ba902b7", TraceContext.Text(record.SpanId));
        Assert.Equal(($"00-{TraceContext.Text(record.TraceId)}-{TraceContext.Text(record.SpanId)}-01", "vendor=1"), (sent["traceparent"], sent["tracestate"]));
    }

    [Theory]
    [InlineData("traceparent: 00-00000000000000000000000000000000-00f067aa0ba902b7-01\r\ntracestate: vendor=1\r\n")]
    [InlineData("traceparent: " + CallersTrace + "\r\ntraceparent: " + CallersTrace + "\r\n")]
    [InlineData("tracestate: vendor=1\r\n")]
    [InlineData("")]
    public async Task Trace_NoneOrInvalid_BeginsHere(string lines)
    {
        var (sent, record) = await TraceAsync(lines);
        Assert.NotEqual("4bf92f3577b34da6a3ce929d0e0e4736", TraceContext.Text(record.TraceId));
        Assert.StartsWith($"00-{TraceContext.Text(record.TraceId)}-{TraceContext.Text(record.SpanId)}-", sent["traceparent"], StringComparison.Ordinal);
        Assert.False(sent.ContainsKey("tracestate"));
    }

    [Fact]
    public async Task Trace_SomebodyListens_TheSpanIsTheOneSentUpstream()
    {
        var spans = new List<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = s => s.Name == CallMetricNames.Meter, Sample = (ref ActivityCreationOptions<ActivityContext> o) => o.Parent.TraceId.ToHexString().StartsWith("4bf9", StringComparison.Ordinal) ? ActivitySamplingResult.AllDataAndRecorded : ActivitySamplingResult.None,
            ActivityStopped = a =>
            {
                lock (spans) spans.Add(a);
            },
        };
        ActivitySource.AddActivityListener(listener);
        var (sent, record) = await TraceAsync($"traceparent: {CallersTrace}\r\n");
        var span = Assert.Single(spans, s => s.SpanId.ToHexString() == TraceContext.Text(record.SpanId));
        Assert.Equal(("00f067aa0ba902b7", "GET r", 200), (span.ParentSpanId.ToHexString(), span.DisplayName, (int)span.GetTagItem("http.response.status_code")!));
        Assert.Contains(TraceContext.Text(record.SpanId), sent["traceparent"], StringComparison.Ordinal);
        Assert.Null(Activity.Current);
    }

    [Fact]
    public async Task Metrics_AreThoseOfTheListAndExact()
    {
        await using var upstream = await TestUpstream.StartAsync(c => c.Response.WriteAsync("12345"));
        await using var gateway = await TestGateway.StartAsync(Config.Document(Config.Service("s", upstream.Address), Config.Path("r", "/x", "s")));
        var meter = gateway.Get<Meter>();
        var measured = new Dictionary<string, double>(StringComparer.Ordinal);
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, l) =>
            {
                if (ReferenceEquals(instrument.Meter, meter)) l.EnableMeasurementEvents(instrument);
            },
        };
        void Note(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            var key = instrument.Name + "{" + string.Join(",", tags.ToArray().Where(t => t.Key != "destination").Select(t => $"{t.Key}={t.Value}")) + "}";
            lock (measured) measured[key] = instrument.IsObservable ? value : measured.GetValueOrDefault(key) + 1;
        }

        listener.SetMeasurementEventCallback<long>((i, v, t, _) => Note(i, v, t));
        listener.SetMeasurementEventCallback<double>((i, v, t, _) => Note(i, v, t));
        listener.Start();
        for (var i = 0; i < 3; i++) await gateway.GetAsync("/x");
        await gateway.GetAsync("/none");
        await gateway.RawAsync("GET / HTTP/1.1\r\nHost: a\r\nX: \u0001\r\n\r\n");
        await gateway.RawAsync("BAD\r\n\r\n");
        await gateway.Calls.WaitForAsync(6);
        listener.RecordObservableInstruments();

        Assert.Equal(3, measured["tidegate_calls_total{route=r,service=s,outcome=ok,code=200}"]);
        Assert.Equal(1, measured["tidegate_calls_total{route=,service=,outcome=no_route,code=404}"]);
        Assert.Equal(2, measured["tidegate_calls_total{route=,service=,outcome=bad_request,code=400}"]);
        Assert.Equal(15, measured["tidegate_response_bytes_total{route=r,service=s}"]);
        Assert.Equal(3, measured["tidegate_call_duration_seconds{route=r,service=s}"]);
        Assert.Equal(3, measured["tidegate_attempts_total{service=s,kind=first,outcome=ok}"]);
        Assert.Equal(3, measured["tidegate_attempt_duration_seconds{service=s}"]);
        Assert.Equal(1, measured["tidegate_bad_requests_total{reason=header_value}"]);
        Assert.Equal(1, measured["tidegate_bad_requests_total{reason=server_400}"]);
        Assert.Equal((1, 1, 1), (measured["tidegate_config_revision{}"], measured["tidegate_ready{}"], measured["tidegate_config_changes_total{result=applied}"]));
        Assert.True(measured.ContainsKey("tidegate_calls_in_flight{}"));
        var known = CallMetricNames.All.Select(m => m.Name).ToHashSet(StringComparer.Ordinal);
        Assert.All(measured.Keys, k => Assert.Contains(k[..k.IndexOf('{', StringComparison.Ordinal)], known));
    }

    private static async Task<(Dictionary<string, string> Sent, CallRecord Record)> TraceAsync(string lines)
    {
        var sent = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        await using var upstream = await TestUpstream.StartAsync(c =>
        {
            foreach (var header in c.Request.Headers) sent[header.Key] = header.Value.ToString();
            return Task.CompletedTask;
        });
        await using var gateway = await TestGateway.StartAsync(Config.Document(Config.Service("s", upstream.Address), Config.Route("r", "s")));
        await gateway.RawAsync($"GET / HTTP/1.1\r\nHost: a\r\n{lines}\r\n");
        return (sent, await gateway.Calls.NextAsync());
    }
}
