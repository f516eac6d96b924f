using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Tidegate.Core.Resources;
using Tidegate.Platform.ConfigStore;
using Tidegate.Platform.Hosting;
using Tidegate.Tests.Platform.Security;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Platform.ConfigStore;

/// <summary>What other modules know of a candidate stands in its plan, and what fails there does not hold it up.</summary>
public sealed class PlanAdviceTests : IAsyncLifetime
{
    private readonly SqliteTestDatabase _database = new();

    public ValueTask InitializeAsync() => default;

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Plan_HasAdvice_AndSaysWhatCouldNotBeLookedAt()
    {
        await using var port = await TestAdmin.StartAsync(_database, new FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero)), new ConfigStoreModule(), new AdviceModule());
        using var admin = port.Admin();

        var plan = (await admin.PostAsJsonAsync("config/plan", new { files = new[] { new { name = "a.yaml", text = ConfigNode.Good } } })).Body!;

        Assert.True(plan["valid"]!.GetValue<bool>());
        Assert.Equal(["advice", "not_looked_at"], plan["findings"]!.AsArray().Select(f => f!["code"]!.GetValue<string>()));
        Assert.Contains("could not be looked at: the log is away.", plan["findings"]![1]!["message"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(200, (await admin.PostAsJsonAsync("config/apply", new { files = new[] { new { name = "a.yaml", text = ConfigNode.Good } } })).Status);
    }

    private sealed class AdviceModule : Module
    {
        public override string Name => "Advice";

        public override void Register(IServiceCollection services, ProcessOptions options) => services.AddSingleton<IPlanAdvice, Knows>().AddSingleton<IPlanAdvice, Fails>();
    }

    private sealed class Knows : IPlanAdvice
    {
        public Task<IReadOnlyList<Finding>> AdviseAsync(ConfigDocument document, ConfigDocument before, CancellationToken cancel) =>
            Task.FromResult<IReadOnlyList<Finding>>([new Finding(FindingSeverity.Warning, "advice", "", "", $"{document.Resources.Count - before.Resources.Count} more.", null)]);
    }

    private sealed class Fails : IPlanAdvice
    {
        public Task<IReadOnlyList<Finding>> AdviseAsync(ConfigDocument document, ConfigDocument before, CancellationToken cancel) => throw new InvalidOperationException("the log is away.");
    }
}
