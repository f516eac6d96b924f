namespace Tidegate.Tests.Insight.Bodies;

/// <summary>How long bodies are kept.</summary>
public sealed class BodyRetentionTests
{
    [Fact]
    public async Task Days_Over_OldestFilesGo()
    {
        await using var log = await TestBodies.StartAsync(o => o with { Days = 3 });
        var ids = new List<Guid>();
        for (var day = 0; day < 6; day++)
        {
            ids.Add((await log.WriteAsync(log.Make())).Id);
            log.Time.Advance(TimeSpan.FromDays(1));
        }

        await Pass(log, TimeSpan.FromHours(3));

        // Noon of the 21st: what began on the 18th is three days old, and its file has calls that are younger.
        Assert.Equal([false, false, false, true, true, true], ids.Select(id => log.Store.Find(id) is not null));
        Assert.Equal(["bodies-20260118-0001.sqlite", "bodies-20260119-0001.sqlite", "bodies-20260120-0001.sqlite"], Files(log));
    }

    [Fact]
    public async Task Days_ClockStepsAheadAndBack_NothingIsLost()
    {
        await using var log = await TestBodies.StartAsync(o => o with { Days = 3 });
        var first = await log.WriteAsync(log.Make());
        log.Time.Advance(TimeSpan.FromDays(1));
        await log.WriteAsync(log.Make());

        log.Time.AdjustTime(log.Time.GetUtcNow().AddDays(400));
        await Pass(log, TimeSpan.FromMinutes(30));
        log.Time.AdjustTime(log.Time.GetUtcNow().AddDays(-400));
        await Pass(log, TimeSpan.FromMinutes(2));
        await Pass(log, TimeSpan.FromHours(2));

        Assert.NotNull(log.Store.Find(first.Id));
    }

    [Fact]
    public async Task Bytes_Over_StaysWithinAndKeepsTheNewest()
    {
        const long limit = 16L << 20;
        await using var log = await TestBodies.StartAsync(o => o with { MaxBytes = limit });
        var random = new Random(1);
        var newest = Guid.Empty;
        var first = Guid.Empty;
        for (var i = 0; i < 60; i++)
        {
            var bytes = new byte[400_000];
            random.NextBytes(bytes);
            newest = (await log.WriteAsync(log.Make("app", Convert.ToBase64String(bytes)))).Id;
            if (i == 0) first = newest;
            Assert.InRange(log.Archive.Bytes, 0, limit + log.Options.FileBytes + (1L << 20));
        }

        Assert.NotNull(log.Store.Find(newest));
        Assert.Null(log.Store.Find(first));
        Assert.InRange(Files(log).Count(), 8, 20);
    }

    private static IEnumerable<string?> Files(TestBodies log) => Directory.GetFiles(log.Options.Directory, "*.sqlite").Select(Path.GetFileName).Order(StringComparer.Ordinal);

    // The writer tidies up once a minute, when something wakes it.
    private static async Task Pass(TestBodies log, TimeSpan time)
    {
        for (var left = time; left > TimeSpan.Zero; left -= TimeSpan.FromMinutes(20))
        {
            log.Time.Advance(TimeSpan.FromMinutes(20));
            await log.WrittenAsync();
        }

        await log.WrittenAsync();
    }
}
