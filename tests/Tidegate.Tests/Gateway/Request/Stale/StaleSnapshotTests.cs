using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Http;
using Tidegate.Core.Resources.Routes;
using Tidegate.Tests.Gateway.Support;

namespace Tidegate.Tests.Gateway.Request.Stale;

/// <summary>What outlives a change of the document, and what is counted.</summary>
public sealed class StaleSnapshotTests
{
    [Fact]
    public async Task AnotherDocument_KeepsTheAnswers_WhileTheKeysAreEqual()
    {
        await using var setup = await StaleSetup.StartAsync(c => c.Response.WriteAsync("true"), new StaleConfig { MaxBody = 1000 });
        await setup.GetAsync("/");
        setup.Down = true;

        setup.Gateway.Apply(setup.Document(new StaleConfig { MaxBody = 1000, Serve = StaleServe.Always }, r => r with { Priority = PriorityClass.High }));
        Assert.Equal(200, (await setup.GetAsync("/")).Status);
        setup.Gateway.Apply(setup.Document(new StaleConfig { MaxBody = 1000 }));
        Assert.Equal(200, (await setup.GetAsync("/")).Status);
        setup.Gateway.Apply(setup.Document(new StaleConfig { MaxBody = 1001 }));
        Assert.Equal(502, (await setup.GetAsync("/")).Status);
    }

    [Fact]
    public async Task WithoutTheKey_NothingIsKept()
    {
        await using var setup = await StaleSetup.StartAsync(c => c.Response.WriteAsync("true"));
        await setup.GetAsync("/");
        setup.Down = true;

        setup.Gateway.Apply(setup.Document(null));

        Assert.Equal(502, (await setup.GetAsync("/")).Status);
        Assert.Empty(Read(setup));
    }

    [Fact]
    public async Task Answers_Drops_AndMemory_AreCounted_AndCountsOutliveTheStore()
    {
        var length = 4;
        await using var setup = await StaleSetup.StartAsync(
            c =>
            {
                if (c.Request.Path == "/private") c.Response.Headers.CacheControl = "private";
                return c.Response.WriteAsync(new string('x', length));
            },
            new StaleConfig { MaxBody = 30_000, MaxBytes = 64_000 });
        await setup.GetAsync("/");
        await setup.GetAsync("/private");
        length = 30_001;
        await setup.GetAsync("/large");
        length = 30_000;
        foreach (var path in (string[])["/1", "/2", "/3"]) await setup.GetAsync(path);
        setup.Down = true;
        foreach (var path in (string[])["/3", "/3", "/private"]) await setup.GetAsync(path);

        var seen = Read(setup);
        Assert.Equal(
            (2, 0, 4, 1, 1, 2, 2),
            (seen["tidegate_stale_answers_total{reason=on_error,route=all}"], seen["tidegate_stale_answers_total{reason=always,route=all}"], seen["tidegate_stale_stored_total{route=all}"],
                seen["tidegate_stale_dropped_total{reason=not_allowed,route=all}"], seen["tidegate_stale_dropped_total{reason=too_large,route=all}"], seen["tidegate_stale_dropped_total{reason=evicted,route=all}"],
                seen["tidegate_stale_entries{route=all}"]));
        Assert.InRange(seen["tidegate_stale_bytes{route=all}"], 60_000, 64_000);

        setup.Gateway.Apply(setup.Document(new StaleConfig()));

        seen = Read(setup);
        Assert.Equal((2, 4, 0, 0), (seen["tidegate_stale_answers_total{reason=on_error,route=all}"], seen["tidegate_stale_stored_total{route=all}"], seen["tidegate_stale_entries{route=all}"], seen["tidegate_stale_bytes{route=all}"]));
    }

    [Fact]
    public async Task AnswersComingInAtOnce_HaveRoomForSoMany_TheOthersArePassedOnAsEver()
    {
        var go = new TaskCompletionSource();
        await using var setup = await StaleSetup.StartAsync(
            async c =>
            {
                await c.Response.WriteAsync(new string('x', 20_000));
                await c.Response.Body.FlushAsync();
                await go.Task;
                await c.Response.WriteAsync("end");
            },
            new StaleConfig { MaxBody = 30_000, MaxBytes = 64_000 });
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => setup.Gateway.GetAsync($"/{i}")));
        var streams = new List<Stream>();
        foreach (var answer in answers) streams.Add(await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        foreach (var stream in streams) await stream.ReadExactlyAsync(new byte[20_000], TestContext.Current.CancellationToken);

        var dropped = Read(setup)["tidegate_stale_dropped_total{reason=no_room,route=all}"];
        go.SetResult();

        Assert.True(dropped >= 2, $"{dropped}"); // two pieces each: three pieces have room
        foreach (var stream in streams) Assert.Equal("end", await new StreamReader(stream).ReadToEndAsync(TestContext.Current.CancellationToken));
    }

    private static IReadOnlyDictionary<string, double> Read(StaleSetup setup) => MetricReading.Of(setup.Gateway.Get<Meter>(), "tidegate_stale");
}
