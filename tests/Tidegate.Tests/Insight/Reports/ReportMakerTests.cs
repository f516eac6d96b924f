using System.Globalization;
using Tidegate.Core.Resources.Objectives.AlertSets;
using Tidegate.Core.Resources.Objectives.ErrorBudgetPolicies;
using Tidegate.Insight.CallLog;
using Tidegate.Insight.Incidents;
using Tidegate.Insight.Objectives;
using Tidegate.Insight.Reports;
using Tidegate.Insight.Reports.Endpoints;
using Tidegate.Insight.Reports.Making;
using Tidegate.Platform.Hosting;
using Tidegate.Tests.Platform.ConfigStore;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Insight.Reports;

public sealed class ReportMakerOnSqliteTests() : ReportMakerTests(new SqliteTestDatabase());

public sealed class ReportMakerOnPostgresTests(PostgresServer server) : ReportMakerTests(new PostgresTestDatabase(server));

public abstract class ReportMakerTests(TestDatabase database) : IAsyncLifetime
{
    private ReportNode _node = null!;

    public async ValueTask InitializeAsync() => _node = await ReportNode.StartAsync(database);

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await _node.DisposeAsync();
        await database.DisposeAsync();
    }

    // semantics 3.6: raw and adjusted side by side, every exclusion with its author and reason; no data is never good.
    [Fact]
    public async Task Budget_OfAMonth_HasRawBesideAdjustedAndSaysOfWhatNothingIsKnown()
    {
        var report = await _node.MakeAsync(ReportKind.Budget);

        var work = report.Objectives.Single(o => o.Id == "orders-work");
        // 3,000 failed of 102,000 without the hour of the move, in which 6,000 failed of 6,000.
        Assert.Equal((3000.0, 102_000.0), (work.Adjusted.Bad, work.Adjusted.Total));
        Assert.Equal((9000.0, 108_000.0), (work.Raw.Bad, work.Raw.Total));
        Assert.Equal(1 - (3000 / 102.0), work.Adjusted.BudgetLeft!.Value, 9);
        Assert.Equal(("missed", 1, 0), (work.State, work.Pages, work.Tickets));
        Assert.Equal((1080L, 31 * 1440L), (work.MinutesWithData, work.Minutes));
        Assert.Equal(("move", "maintenance", "ada", 60.0, 6000.0), Assert.Single(report.Excluded) is var e ? (e.Name, e.Kind, e.Author, e.Minutes, e.Bad) : default);
        Assert.Equal(31, work.Days.Count);
        Assert.Equal([10, 11], work.Days.Where(d => d.BudgetUsed is not null).Select(d => d.Day.Day));
        Assert.Equal(3000 / 102.0, work.Days[9].BudgetUsed!.Value, 9);
        var stock = report.Objectives.Single(o => o.Id == "stock-works");
        Assert.Equal(("no_data", (double?)null, 0L), (stock.State, stock.Adjusted.BudgetLeft, stock.MinutesWithData));
        // Slices: 120 bad minutes of 1,080.
        Assert.Equal((120.0, 1080.0), (report.Objectives.Single(o => o.Id == "orders-fast").Adjusted.Bad, report.Objectives.Single(o => o.Id == "orders-fast").Adjusted.Total));
        Assert.Equal("orders-work", report.Objectives[0].Id);
        Assert.True(report.Complete);
    }

    [Fact]
    public async Task Budget_UsedBy_SumsToTheWholeAndSaysHowMuchIsKnown()
    {
        var work = (await _node.MakeAsync(ReportKind.Budget, "orders")).Objectives.Single(o => o.Id == "orders-work");

        Assert.Equal(["incident", "outcome", "version", "consumer"], work.UsedBy.Select(u => u.By));
        Assert.All(work.UsedBy, u => Assert.Equal(u.Whole.Bad, u.Parts.Sum(p => p.Bad) + (u.Others?.Bad ?? 0) + u.Rest.Bad, 6));
        Assert.Equal(("inc_1", 3000.0), (work.UsedBy[0].Parts[0].Key, work.UsedBy[0].Parts[0].Bad));
        Assert.Equal(0.1, work.UsedBy[1].Known!.Value, 9); // the log has 300 of 3,000
    }

    [Fact]
    public async Task Monthly_OfAlertsFromOutside_SaysWhoToldThem()
    {
        var (all, orders, budget) = (await _node.MakeAsync(ReportKind.Monthly), await _node.MakeAsync(ReportKind.Monthly, "orders"), await _node.MakeAsync(ReportKind.Budget));

        Assert.Equal(
            [("alertmanager", "prometheus.example:9090", "orders", 2, 1), ("alertmanager", "prometheus.example:9090", "", 1, 0)],
            all.Outside.Select(o => (o.Origin, o.Sender, o.Service, o.Pages, o.Tickets)));
        Assert.Equal("orders", Assert.Single(orders.Outside).Service);
        Assert.Empty(budget.Outside);
        Assert.Equal(1, orders.Objectives.Single(o => o.Id == "orders-work").Pages);
        Assert.Empty((await _node.MakeAsync(ReportKind.Monthly, month: "2026-02")).Outside);
    }

    [Theory]
    [InlineData("gold", "broken", 0.995)]
    [InlineData("bronze", "met", 0.9)]
    [InlineData("stock-promise", "no_data", 0.5)]
    public async Task Sla_OfAMonth_IsKeptOrBrokenByItsOwnTarget(string name, string state, double target)
    {
        var report = await _node.MakeAsync(ReportKind.Sla);

        var sla = report.Slas.Single(s => s.Name == name);
        Assert.Equal((state, target), (sla.State, sla.Target));
        Assert.Equal(["broken", "no_data", "met"], report.Slas.Select(s => s.State));
        Assert.Empty(report.Objectives);
        if (name != "gold") return;
        Assert.Equal((0.999 - 0.995) * 31 * 1440, sla.BufferMinutes!.Value, 6);
        Assert.Equal(1 - (3000 / (102_000 * 0.005)), sla.Adjusted!.BudgetLeft!.Value, 9);
        Assert.Equal("10 % of the month's fee & an apology", sla.Penalty);
    }

    [Theory]
    [InlineData(0.5, "met")]
    [InlineData(0.2, "met")]
    [InlineData(0.19, "at_risk")]
    [InlineData(0.0, "at_risk")]
    [InlineData(-0.01, "broken")]
    [InlineData(null, "no_data")]
    public void StateOf_BudgetLeft_IsAtRiskBelowItsBuffer(double? left, string state) => Assert.Equal(state, SlaSection.StateOf(left, 0.2));

    [Theory]
    [InlineData("2026-03-02T09:30:00Z", 1.0)] // half of the hour has been
    [InlineData("2026-03-02T12:00:00Z", 0.5)]
    public void PerSecond_OfAnHour_DividesByThePartOfItThatIsAskedFor(string until, double expected)
    {
        var from = new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
        var question = new ReportQuestion(ReportKind.Monthly, null, new DateOnly(2026, 3, 1), TimeZoneInfo.Utc, from, DateTimeOffset.Parse(until, CultureInfo.InvariantCulture), false);

        Assert.Equal(expected, VitalSigns.PerSecond(new CallCount(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero), "", 1800, 0), question));
    }

    [Fact]
    public async Task Monthly_OfAService_HasVitalSignsWithDefinitions_AndSaysWhatIsNotKnown()
    {
        var report = await _node.MakeAsync(ReportKind.Monthly, "orders");

        Assert.All(report.Signs, s => Assert.NotEmpty(s.Definition));
        Assert.Equal(["availability", "error_rate", "latency", "throughput", "mttd", "mtta", "mttm", "mttr", "mtbf", "utilisation"], report.Signs.Select(s => s.Name));
        Assert.Equal(1 - (9000 / 108_000.0), Sign("availability").Values["ratio"], 9);
        Assert.Equal(0.5, Sign("error_rate").Values["ratio"]);
        Assert.Contains("call log", Sign("error_rate").Source + Sign("error_rate").Reason, StringComparison.Ordinal);
        Assert.Equal(0.1, Sign("latency").Values["p50"], 0.1 / 128 * 1.01);
        Assert.Equal(0.2, Sign("latency").Values["p99"], 0.2 / 128 * 1.01);
        Assert.Equal(108_000 / (31 * 86_400.0), Sign("throughput").Values["mean"], 9);
        Assert.Equal(100 / 60.0, Sign("throughput").Values["peak"], 9);
        Assert.Equal((180.0, 1.0), (Sign("mttd").Values["median"], Sign("mttd").Sample)); // the alert came three minutes after the impact
        Assert.Equal(3600.0, Sign("mttr").Values["p90"]);
        Assert.Equal((31 * 86_400.0) - (63 * 60), Sign("mtbf").Values["mean"]);
        Assert.Equal((360.0, 1.0, ""), (Sign("mtta").Values["median"], Sign("mtta").Sample, Sign("mtta").Reason)); // told of at 14:03, acknowledged at 14:09
        Assert.Equal(0.9 / 3600 / 2, Sign("utilisation").Values["peak"], 12); // 600 calls of 1.5 ms in an hour, and two may be in flight
        Assert.Equal(0.9 / ((21 * 86_400) + (10 * 3600)) / 2, Sign("utilisation").Values["mean"], 12);
        Assert.Equal((0, "Not known: of no incident is it known that all its alerts have ended."), (Sign("mttm").Values.Count, Sign("mttm").Reason)); // what others told still fires
        Assert.Equal(("inc_1", "sev2"), Assert.Single(report.Incidents) is var i ? (i.Id, i.Severity) : default);

        VitalSign Sign(string name) => report.Signs.Single(s => s.Name == name);
    }

    [Fact]
    public void TimeToAcknowledge_OfIncidents_IsOfThoseOfWhichBothTimesAreKnown()
    {
        var noon = new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
        ReportedIncident Incident(int? notified, int? acknowledged) => new()
        {
            Id = "inc_1", Title = "x", Severity = "sev2", ImpactStart = noon, DetectedAt = noon, BudgetUsed = new Dictionary<string, double>(StringComparer.Ordinal),
            NotifiedAt = notified is { } n ? noon.AddMinutes(n) : null, AcknowledgedAt = acknowledged is { } a ? noon.AddMinutes(a) : null,
        };

        // Who said so before any message was sent was not told by one.
        var known = Mtta(Incident(1, 3), Incident(2, 12), Incident(5, 4), Incident(null, 4), Incident(1, null));
        var none = Mtta(Incident(1, null));

        Assert.Equal((120.0, 600.0, 2.0), (known.Values["median"], known.Values["p90"], known.Sample));
        Assert.Equal("Without 3 of 5 incidents, that nobody acknowledged or that no message was sent of.", known.Reason);
        Assert.Empty(none.Values);
        Assert.StartsWith("Not known: ", none.Reason, StringComparison.Ordinal);

        VitalSign Mtta(params ReportedIncident[] incidents) => IncidentSigns.Of(incidents, noon.AddDays(-1), noon.AddDays(1)).Single(s => s.Name == "mtta");
    }

    [Fact]
    public async Task Monthly_OfIncidentsWhoseAlertsEnded_KnowsWhenTheyWereMitigated_AndSaysWhoseAreNot()
    {
        var at = ReportNode.March.AddDays(19).AddHours(10);
        foreach (var (id, end) in new[] { ("a", 20), ("b", 30) })
        {
            await _node.Objectives.Alerts.FireAsync(
                new Alert
                {
                    Id = id, Objective = "stock-works", Slo = "stock-works", Service = "stock", Severity = AlertSeverity.Page, FiredAt = at.AddMinutes(2), ImpactStart = at,
                    Condition = "14.4x over 1h and 5m", Burn = 20, BudgetLeft = 0.5, Summary = "",
                }, TestContext.Current.CancellationToken);
            await _node.Objectives.Alerts.ResolveAsync(id, at.AddMinutes(end), TestContext.Current.CancellationToken);
        }

        var request = new IncidentRequest { Title = "No stock", Severity = IncidentSeverity.Sev2, Services = ["stock"], Objectives = ["stock-works"], Alerts = ["a", "b"], ImpactStart = at };
        var first = (await _node.Incidents.OpenAsync(request, ConfigNode.Ada, TestContext.Current.CancellationToken)).Incident.Id;
        await _node.Incidents.CloseAsync(first, null, ConfigNode.Ada, TestContext.Current.CancellationToken);
        await _node.Incidents.OpenAsync(request with { Alerts = [] }, ConfigNode.Ada, TestContext.Current.CancellationToken);

        var sign = (await _node.MakeAsync(ReportKind.Monthly, "stock")).Signs.Single(s => s.Name == "mttm");

        Assert.Equal((1800.0, 1.0), (sign.Values["median"], sign.Sample));
        Assert.Equal("Without 1 of 2 incidents, that have no alerts or of which one fires.", sign.Reason);
    }

    [Fact]
    public async Task Utilisation_OfNoServiceOrOneWithoutABulkhead_SaysWhatIsMissing()
    {
        var all = (await _node.MakeAsync(ReportKind.Monthly)).Signs.Single(s => s.Name == "utilisation");
        var stock = (await _node.MakeAsync(ReportKind.Monthly, "stock")).Signs.Single(s => s.Name == "utilisation");

        Assert.Equal((0, "Not known of all services together. Ask for one."), (all.Values.Count, all.Reason));
        Assert.Equal((0, "Not known: the service has no resilience.bulkhead, and nothing else says what it can take."), (stock.Values.Count, stock.Reason));
    }

    [Fact]
    public async Task Month_ThatRuns_SaysThatItIsNotOver_AndOneInAnotherZoneBeginsThere()
    {
        var april = await _node.MakeAsync(ReportKind.Monthly, "orders", month: null);
        Assert.Equal(("2026-04", false, _node.Time.GetUtcNow().AddSeconds(-10)), (april.Month, april.Complete, april.Until));
        Assert.Contains(april.Notes, n => n.StartsWith("The month is not over", StringComparison.Ordinal));

        // Berlin's clocks go forward on the 29th.
        var berlin = await _node.MakeAsync(ReportKind.Sla, zone: "Europe/Berlin");
        Assert.Equal((ReportNode.March.AddHours(-1), ReportNode.March.AddDays(31).AddHours(-2)), (berlin.From, berlin.Until));
    }

    [Fact]
    public async Task Throughput_OfAnHourThatRuns_HasAPeakThatIsNotBelowItsMean()
    {
        // Only the call log knows of all services: 300 calls since two o'clock, at half past.
        var question = ReportMonth.Read(ReportKind.Monthly, null, null, null, ReportNode.March.AddDays(9).AddHours(14).AddMinutes(30));
        var sign = (await _node.Maker.MakeAsync(question, TestContext.Current.CancellationToken)).Signs.Single(s => s.Name == "throughput");

        Assert.Contains("call log", sign.Source, StringComparison.Ordinal);
        Assert.Equal(300 / 1800.0, sign.Values["mean"], 9);
        Assert.Equal(300 / 1800.0, sign.Values["peak"], 9);
    }

    [Theory]
    [InlineData("2026-13", null, "month")]
    [InlineData("March", null, "month")]
    [InlineData("2026-05", null, "month")]
    [InlineData("2020-01", null, "month")]
    [InlineData("9999-12", null, "month")]
    [InlineData("0001-01", "Europe/Berlin", "month")]
    [InlineData("2026-03", "Mars/Olympus", "zone")]
    public void Read_MonthThatIsNone_IsRefused(string month, string? zone, string path) =>
        Assert.Equal(path, Assert.Throws<ProblemException>(() => ReportMonth.Read(ReportKind.Budget, null, month, zone, _node.Time.GetUtcNow())).Problem.Path);
}
