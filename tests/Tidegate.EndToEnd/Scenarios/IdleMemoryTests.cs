using Tidegate.EndToEnd.Support;
using Tidegate.Tests.Support;

namespace Tidegate.EndToEnd.Scenarios;

/// <summary>A node that has nothing to do is small: what its start needed it gives back.</summary>
[Collection(nameof(Alone))]
public sealed class IdleMemoryTests
{
    // The goal, 130 MB, holds where nothing else maps the runtime; here other processes share its pages, which cannot be dropped then (docs/decisions/0006-memory.md): the gate keeps it from growing.
    private const long Budget = 150_000_000;

    [Fact]
    public async Task Serve_OnEmbeddedStoresWithNothingToDo_ComesDownAndStaysDown()
    {
        if (!OperatingSystem.IsLinux()) Assert.Skip("reads the resident set from /proc");
        using var data = new TempDirectory();
        await using var node = await TidegateProcess.ServeAsync(new TidegateSetup
        {
            Data = data.Path, Upstream = new Uri("http://127.0.0.1:9"), Variables = new Dictionary<string, string?> { ["DOTNET_TieredPGO"] = null }, // as users start it
        });

        // It comes down some seconds after the start, and must then stay there.
        await Eventually.IsTrueAsync(() => Task.FromResult(Resident(node.Id) <= Budget), TimeSpan.FromSeconds(90), $"a resident set of {Budget / 1_000_000} MB or less");
        await Task.Delay(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);

        var resident = Resident(node.Id);
        TestContext.Current.TestOutputHelper?.WriteLine($"{resident / 1_000_000} MB resident");
        Assert.InRange(resident, 1, Budget);
    }

    private static long Resident(int process)
    {
        var line = File.ReadLines($"/proc/{process}/status").First(l => l.StartsWith("VmRSS:", StringComparison.Ordinal));
        return 1024 * long.Parse(line.AsSpan("VmRSS:".Length).Trim().ToString().Split(' ')[0]);
    }
}
