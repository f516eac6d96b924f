using Tidegate.Core.Calls;
using Tidegate.Insight.Bodies;
using Tidegate.Insight.CallLog;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Insight.Bodies;

/// <summary>Bodies on their way to the disk, and back.</summary>
public sealed class BodyWriterTests
{
    [Fact]
    public async Task Write_Find_TellsWhatWasKept()
    {
        await using var log = await TestBodies.StartAsync();
        var call = await log.WriteAsync(log.Make("app", "größe ∑ 😀 \"quoted\"\n", new string('x', 100_000)));
        var none = new TestBodies.SomeBodies(new KeptBody("multipart/form-data", 5000, null, false, "binary"), KeptBody.None)
        {
            Id = Guid.CreateVersion7(log.Time.GetUtcNow()), StartedAt = log.Time.GetUtcNow(), Consumer = "", Reserved = 0,
        };
        await log.WriteAsync(none);

        var found = log.Store.Find(call.Id)!;
        Assert.Equal((call.Id.ToString("N"), TestBodies.Noon, "app"), (found.Id, found.StartedAt, found.Consumer));
        Assert.Equal(new BodyEntry("application/json", 20, "größe ∑ 😀 \"quoted\"\n", false, ""), found.Request);
        Assert.Equal(100_000, found.Answer.Text!.Length);
        var other = log.Store.Find(none.Id)!;
        Assert.Equal((new BodyEntry("multipart/form-data", 5000, null, false, "binary"), new BodyEntry("", 0, null, false, "")), (other.Request, other.Answer));
        Assert.Null(log.Store.Find(Guid.NewGuid()));
        Assert.Equal((2, 0L), (log.Writer.Written, log.Sink.Reserved));
    }

    [Fact]
    public async Task Nothing_Kept_NothingOnDisk()
    {
        await using var log = await TestBodies.StartAsync();

        Assert.Null(log.Store.Find(Guid.NewGuid()));
        Assert.False(Directory.Exists(log.Options.Directory));
    }

    [Fact]
    public async Task Restart_FindsThem_AndGoesOnInTheSameFile()
    {
        using var directory = new TempDirectory();
        Guid first, second;
        await using (var log = await TestBodies.StartAsync(directory: directory.Combine("bodies"))) first = (await log.WriteAsync(log.Make())).Id;
        await using (var log = await TestBodies.StartAsync(directory: directory.Combine("bodies")))
        {
            second = (await log.WriteAsync(log.Make())).Id;
            Assert.NotNull(log.Store.Find(first));
            Assert.NotNull(log.Store.Find(second));
        }

        Assert.Single(Directory.GetFiles(directory.Combine("bodies"), "*.sqlite"));
    }

    [Fact]
    public async Task Stop_WritesWhatIsQueued()
    {
        using var directory = new TempDirectory();
        Guid id;
        await using (var log = await TestBodies.StartAsync(o => o with { FlushEvery = TimeSpan.FromHours(1) }, directory.Combine("bodies")))
        {
            var call = log.Make();
            log.Sink.Write(call);
            id = call.Id;
            var late = log.Make();
            await log.StopAsync();
            log.Sink.Write(late);
            Assert.Equal(1, log.Sink.Dropped(CallDropReason.ShuttingDown));
            Assert.False(log.Sink.TryReserve(1));
        }

        await using var next = await TestBodies.StartAsync(directory: directory.Combine("bodies"));
        Assert.NotNull(next.Store.Find(id));
    }

    [Fact]
    public async Task Room_IsBounded_AndWhatHasNoneIsCounted()
    {
        await using var log = await TestBodies.StartAsync(o => o with { MemoryBytes = 2500 });
        TestBodies.SomeBodies first = log.Make(), second = log.Make();

        Assert.False(log.Sink.TryReserve(1000));
        Assert.Equal((1, 2000L), (log.Sink.Dropped(CallDropReason.QueueFull), log.Sink.Reserved));
        await log.WriteAsync(first);
        log.Sink.Release(second.Reserved);

        Assert.Equal(0, log.Sink.Reserved);
        Assert.True(log.Sink.TryReserve(2500));
    }

    [Fact]
    public async Task OneThatCannotBeMasked_IsNotWritten_AndTheOthersAre()
    {
        await using var log = await TestBodies.StartAsync(o => o with { FlushEvery = TimeSpan.FromHours(1) });
        var good = log.Make();
        var bad = new TestBodies.SomeBodies(KeptBody.None, KeptBody.None) { Id = Guid.CreateVersion7(), StartedAt = log.Time.GetUtcNow(), Consumer = "", Reserved = 0, Faulty = true };
        log.Sink.Write(bad);
        await log.WriteAsync(good);

        Assert.Equal((1, 1L), (log.Sink.Dropped(CallDropReason.WriteFailed), log.Writer.Written));
        Assert.NotNull(log.Store.Find(good.Id));
        Assert.Null(log.Store.Find(bad.Id));
    }

    [Fact]
    public async Task DiskFull_IsToldAndCounted_AndItRecovers()
    {
        using var disk = new SmallDisk(megabytes: 8);
        await using var log = await TestBodies.StartAsync(o => o with { GiveUpAfter = TimeSpan.Zero }, disk.Path + "/bodies");
        await log.WriteAsync(log.Make());
        disk.Fill();
        var big = Convert.ToBase64String(Random(600_000));
        await log.WriteAsync(log.Make("app", big, big));

        Assert.Equal(1, log.Sink.Dropped(CallDropReason.WriteFailed));
        Assert.Contains(log.Health.Problems, p => p.StartsWith("Bodies of calls cannot be written since", StringComparison.Ordinal));
        Assert.Equal(0, log.Sink.Reserved);

        disk.Empty();
        var after = await log.WriteAsync(log.Make("app", big, big));
        Assert.Equal(big, log.Store.Find(after.Id)!.Request.Text);
        Assert.DoesNotContain(log.Health.Problems, p => p.Contains("cannot be written", StringComparison.Ordinal));
    }

    [Fact]
    public async Task AFileOfAnotherVersion_OrNone_IsLeftAlone_AndSaidToBe()
    {
        using var directory = new TempDirectory();
        Directory.CreateDirectory(directory.Combine("bodies"));
        await File.WriteAllTextAsync(directory.Combine("bodies/bodies-20260115-0001.sqlite"), new string('?', 5000), TestContext.Current.CancellationToken);
        await using var log = await TestBodies.StartAsync(directory: directory.Combine("bodies"));

        var call = await log.WriteAsync(log.Make());

        Assert.NotNull(log.Store.Find(call.Id));
        var unread = Assert.Throws<BodiesUnavailableException>(() => log.Store.Find(Guid.NewGuid()));
        Assert.StartsWith("bodies-20260115-0001.sqlite cannot be read", unread.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<BodiesUnavailableException>(() => log.Store.EraseAsync("app", TestContext.Current.CancellationToken));
        Assert.Null(Record.Exception(() => File.ReadAllText(directory.Combine("bodies/bodies-20260115-0001.sqlite"))));
    }

    [Fact]
    public async Task AFileWithoutTables_AsACrashLeavesIt_IsUsed()
    {
        using var directory = new TempDirectory();
        Directory.CreateDirectory(directory.Combine("bodies"));
        await File.WriteAllBytesAsync(directory.Combine("bodies/bodies-20260115-0001.sqlite"), [], TestContext.Current.CancellationToken);
        await using var log = await TestBodies.StartAsync(directory: directory.Combine("bodies"));

        var call = await log.WriteAsync(log.Make());

        Assert.NotNull(log.Store.Find(call.Id));
        Assert.Null(log.Store.Find(Guid.NewGuid()));
        Assert.Single(Directory.GetFiles(log.Options.Directory, "*.sqlite"));
    }

    [Fact]
    public async Task Files_AreForThisUserAlone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has other rights.");
        await using var log = await TestBodies.StartAsync();
        await log.WriteAsync(log.Make());

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Directory.GetFiles(log.Options.Directory).Single(f => f.EndsWith(".sqlite", StringComparison.Ordinal))));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(log.Options.Directory));
    }

    private static byte[] Random(int count)
    {
        var bytes = new byte[count];
        new Random(1).NextBytes(bytes);
        return bytes;
    }
}
