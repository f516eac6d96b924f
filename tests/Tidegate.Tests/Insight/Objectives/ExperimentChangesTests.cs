using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Objectives;
using Tidegate.Core.Resources.Objectives.Exclusions;
using Tidegate.Insight.Objectives;
using Tidegate.Insight.Objectives.Alerting;
using Tidegate.Tests.Gateway.Support;

namespace Tidegate.Tests.Insight.Objectives;

/// <summary>What somebody breaks on purpose is among the changes an alert tells of.</summary>
public sealed class ExperimentChangesTests
{
    private static readonly DateTimeOffset Nine = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Between_ExperimentsThatWereAnnounced_AreToldWithTheirBeginning()
    {
        var source = new TestConfigSource();
        var changes = new ExperimentChanges(source);
        Assert.Empty(await changes.BetweenAsync(Nine, Nine.AddHours(1), TestContext.Current.CancellationToken));
        source.Apply(new ConfigDocument([
            Exclusion("slow-disk", ExclusionCause.Chaos, new PeriodConfig { From = Nine.AddMinutes(-5), Until = Nine.AddMinutes(5) }),
            Exclusion("every-hour", ExclusionCause.Chaos, new PeriodConfig { Cron = "30 * * * *", Duration = TimeSpan.FromMinutes(10) }),
            Exclusion("over", ExclusionCause.Chaos, new PeriodConfig { From = Nine.AddHours(-2), Until = Nine }),
            Exclusion("later", ExclusionCause.Chaos, new PeriodConfig { From = Nine.AddHours(2), Until = Nine.AddHours(3) }),
            Exclusion("move", ExclusionCause.Maintenance, new PeriodConfig { From = Nine, Until = Nine.AddHours(1) }),
        ]));

        var told = await changes.BetweenAsync(Nine, Nine.AddHours(1), TestContext.Current.CancellationToken);

        Assert.Equal(
            [
                new AlertChange("experiment", "slow-disk", Nine.AddMinutes(-5), "bob", "A test (until 2026-03-02 09:05 UTC)"),
                new AlertChange("experiment", "every-hour", Nine.AddMinutes(30), "bob", "A test (until 2026-03-02 09:40 UTC)"),
            ], told.OrderBy(c => c.At));
    }

    private static Resource<ExclusionConfig> Exclusion(string name, ExclusionCause kind, PeriodConfig window) => new()
    {
        ApiVersion = "tidegate/v1", Kind = "Exclusion", Metadata = new ResourceMetadata { Name = name },
        Spec = new ExclusionConfig { Reason = "A test", Author = "bob", Kind = kind, Services = ["orders"], Windows = [window] },
    };
}
