using System.Net;
using Tidegate.Insight.CallLog;
using Tidegate.Tests.Insight.CallLog.Support;

namespace Tidegate.Tests.Insight.CallLog.Endpoints;

public sealed class CallEndpointsTests
{
    [Fact]
    public async Task List_FiltersAndPages()
    {
        await using var host = await CallLogHost.StartAsync();
        var failed = SampleCalls.Failed(DateTimeOffset.UtcNow.AddSeconds(-1));
        await host.WriteAsync(SampleCalls.Ordinary(DateTimeOffset.UtcNow), failed, SampleCalls.Ordinary(DateTimeOffset.UtcNow.AddHours(-1)));

        var first = await host.GetAsync("calls?limit=1&since=15m");
        Assert.Equal("2", first["total"]!.ToString());
        var second = await host.GetAsync($"calls?limit=1&since=15m&cursor={first["next"]}");
        var entry = second["items"]![0]!;
        Assert.Equal(failed.Id.ToString("N"), entry["id"]!.ToString());
        Assert.Equal(["upstream_error", "503", "750000", "/Checkout/Basket"], new[] { "outcome", "status", "durationUs", "path" }.Select(k => entry[k]!.ToString()));
        Assert.Null(second["next"]);

        foreach (var question in new[]
        {
            "where=status%20%3E%3D%20500", "status=503&status=504", "q=refused%20basket", "route=orders&outcome=upstream_error", "where=failed=true&q=CHECKOUT", "attempts=2", "until=0s&status=503",
        })
        {
            Assert.Equal(failed.Id.ToString("N"), Assert.Single((await host.GetAsync("calls?" + question))["items"]!.AsArray())!["id"]!.ToString());
        }
    }

    [Fact]
    public async Task MirroredCalls_AreNobodys_TheyAreShownWhenAskedFor()
    {
        await using var host = await CallLogHost.StartAsync();
        var now = DateTimeOffset.UtcNow.AddSeconds(-1);
        var primary = SampleCalls.OfModel(now);
        var shadow = SampleCalls.OfShadow(primary.Id, now);
        await host.WriteAsync(primary, shadow);

        foreach (var question in (string[])["calls", "calls?where=service%20!=%20x", "calls?provider=openai&provider=local", "calls?q="])
            Assert.Equal(primary.Id.ToString("N"), Assert.Single((await host.GetAsync(question))["items"]!.AsArray())!["id"]!.ToString());
        foreach (var question in (string[])[$"calls?shadowOf={primary.Id:N}", "calls?kind=shadow", "calls?where=similarity%20%3E%200.5", "calls?where=route%20=%20%27%27%20and%20(kind%20=%20shadow%20or%20status%20=%20500)"])
            Assert.Equal(shadow.Id.ToString("N"), Assert.Single((await host.GetAsync(question))["items"]!.AsArray())!["id"]!.ToString());

        Assert.Equal("1", Assert.Single((await host.GetAsync("calls/top?by=destination"))["items"]!.AsArray())!["numbers"]!["count"]!.ToString());
        Assert.Equal(2, (await host.GetAsync("calls/top?by=kind"))["items"]!.AsArray().Count);
        Assert.Equal("local/llama", Assert.Single((await host.GetAsync("calls/top?by=destination&kind=shadow"))["items"]!.AsArray())!["key"]!.ToString());
        Assert.Equal("orders", Assert.Single((await host.GetAsync("calls/live"))["items"]!.AsArray())!["key"]!.ToString());
    }

    [Theory]
    [InlineData("calls?where=sttaus=1", "where", "There is no field 'sttaus'. Did you mean 'status'? (column 1)")]
    [InlineData("calls?rout=a", "rout", "There is no parameter 'rout'. Did you mean 'route'?")]
    [InlineData("calls?status=abc", "status", "'abc' is not a value of 'status'.")]
    [InlineData("calls?since=tomorrow", "since", "'tomorrow' is not a time.")]
    [InlineData("calls?limit=0", "limit", "A page cannot have 0 calls.")]
    [InlineData("calls?limit=many", "limit", "'many' is not a number.")]
    [InlineData("calls/series?step=60", "step", "'60' is not a duration.")]
    [InlineData("calls/series?by=duration", "by", "Calls cannot be grouped by 'duration'.")]
    [InlineData("calls/top?by=rout", "by", "There is no field 'rout'. Did you mean 'route'?")]
    [InlineData("calls?since=1h&until=2h", "since", "There is no time between 'since' and 'until': it would end before it begins.")]
    [InlineData("calls/top?since=1h&until=1h", "since", "There is no time between 'since' and 'until': it would end before it begins.")]
    [InlineData("calls/top?measure=p98", "measure", "There is no measure 'p98'. Did you mean 'p90'?")]
    [InlineData("calls/live?minutes=99", "minutes", "99 minutes are not remembered.")]
    [InlineData("calls/zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz", "id", "'zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz' is not the id of a call.")]
    public async Task Any_WrongQuestion_Is400WithWhatIsLegal(string path, string parameter, string detail)
    {
        await using var host = await CallLogHost.StartAsync();
        var problem = await host.GetAsync(path, HttpStatusCode.BadRequest);

        Assert.Equal((parameter, detail), (problem["path"]!.ToString(), problem["detail"]!.ToString()));
        Assert.NotEqual("", problem["action"]!.ToString());
    }

    [Fact]
    public async Task Show_CallAndUnknown()
    {
        await using var host = await CallLogHost.StartAsync();
        var call = SampleCalls.Failed();
        await host.WriteAsync(call);

        var detail = await host.GetAsync($"calls/{call.Id:N}");
        Assert.Equal((call.Id.ToString("N"), 2, "retry"), (detail["call"]!["id"]!.ToString(), detail["attempts"]!.AsArray().Count, detail["attempts"]![1]!["kind"]!.ToString()));
        Assert.Equal("not_found", (await host.GetAsync($"calls/{Guid.NewGuid():N}", HttpStatusCode.NotFound))["code"]!.ToString());
    }

    [Fact]
    public async Task SeriesTopLiveFields_Answer()
    {
        await using var host = await CallLogHost.StartAsync();
        await host.WriteAsync(SampleCalls.Ordinary(DateTimeOffset.UtcNow.AddSeconds(-5)), SampleCalls.Failed(DateTimeOffset.UtcNow.AddSeconds(-5)));

        var series = await host.GetAsync("calls/series?since=10m&step=1m&by=route");
        Assert.Equal("orders", series["lines"]![0]!["key"]!.ToString());
        Assert.Equal(2, series["lines"]![0]!["points"]!.AsArray().Sum(p => (long)p!["numbers"]!["count"]!));
        var top = await host.GetAsync("calls/top?by=outcome&measure=p99");
        Assert.Equal(["upstream_error", "ok"], top["items"]!.AsArray().Select(r => r!["key"]!.ToString()));
        var live = await host.GetAsync("calls/live?minutes=5");
        Assert.Equal(("orders", 2L, 1L), (live["items"]![0]!["key"]!.ToString(), (long)live["items"]![0]!["numbers"]!["count"]!, (long)live["items"]![0]!["numbers"]!["errors"]!));
        Assert.Contains((await host.GetAsync("calls/fields"))["items"]!.AsArray(), f => f!["name"]!.ToString() == "duration" && f["column"]!.ToString() == "duration_us");
    }

    [Fact]
    public async Task Tail_CallsThatMatch_ComeAsTheyEnd()
    {
        await using var host = await CallLogHost.StartAsync();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        using var stream = new StreamReader(await host.Client.GetStreamAsync("calls/tail?where=status>=500", limit.Token));
        Assert.Equal(": following", await stream.ReadLineAsync(limit.Token));
        await stream.ReadLineAsync(limit.Token);

        var failed = SampleCalls.Failed();
        await host.WriteAsync(SampleCalls.Ordinary(), failed, SampleCalls.Ordinary());

        Assert.Equal("event: call", await stream.ReadLineAsync(limit.Token));
        Assert.Contains($"\"id\":\"{failed.Id:N}\"", await stream.ReadLineAsync(limit.Token));
    }

    [Fact]
    public async Task Any_LogNotOpen_Is503WithReason()
    {
        using var disk = new Tidegate.Tests.Support.SmallDisk(megabytes: 8, readOnly: true);
        await using var host = await CallLogHost.StartAsync(services => Microsoft.Extensions.DependencyInjection.ServiceCollectionServiceExtensions.AddSingleton(services, new CallLogOptions { Directory = disk.Path + "/calls" }));

        Assert.Equal("unavailable", (await host.GetAsync("calls", HttpStatusCode.ServiceUnavailable))["code"]!.ToString());
        await host.GetAsync("calls/live");
    }
}
