using Microsoft.Extensions.Time.Testing;
using Tidegate.Core.Calls;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Objectives.AlertSets;
using Tidegate.Core.Resources.OpenSlo.Slos;
using Tidegate.Core.Windows;
using Tidegate.Insight.Indicators.Series;
using Tidegate.Insight.Objectives;
using Tidegate.Insight.Objectives.Attributing;
using Tidegate.Insight.Objectives.Judging;
using Tidegate.Platform.Storage;
using Tidegate.Tests.Insight.Objectives.Support;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Insight.Objectives;

public sealed class ObjectiveJudgeOnSqliteTests() : ObjectiveJudgeTests(new SqliteTestDatabase());

public sealed class ObjectiveJudgeOnPostgresTests(PostgresServer server) : ObjectiveJudgeTests(new PostgresTestDatabase(server));

public abstract class ObjectiveJudgeTests(TestDatabase database) : IAsyncLifetime
{
    private const string Orders = """
        apiVersion: openslo/v1
        kind: SLO
        metadata: {name: orders, displayName: Orders are answered, annotations: {runbook: "https://wiki.example/orders"}}
        spec:
          service: orders
          budgetingMethod: Occurrences
          timeWindow: [{duration: 30d, isRolling: true}]
          objectives: [{target: 0.999}]
          indicator:
            metadata: {name: orders-answered}
            spec:
              ratioMetric:
                counter: true
                rawType: success
                raw: {metricSource: {type: tidegate, spec: {measure: availability, service: [orders]}}}
        ---
        apiVersion: openslo/v1
        kind: Service
        metadata: {name: orders}
        spec: {}
        ---
        apiVersion: tidegate/v1
        kind: Service
        metadata: {name: orders}
        spec: {destinations: [{address: "http://127.0.0.1:9"}]}
        """;

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));

    public ValueTask InitializeAsync() => default;

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return database.DisposeAsync();
    }

    // Rules refuse it. If it ever gets by them, one SLO is not judged, and not all of them.
    [Fact]
    public async Task TwoObjectives_UnderOneId_StopNoOther()
    {
        await using var node = await ObjectiveNode.StartAsync(database, _time, Orders);
        var document = ObjectiveNode.Read(Orders + "\n---\n" + Orders.Split("---")[0].Replace("name: orders,", "name: twice,", StringComparison.Ordinal)
            .Replace("[{target: 0.999}]", "[{target: 0.999, displayName: x}, {target: 0.9, displayName: y}]", StringComparison.Ordinal));
        var twice = (Resource<SloConfig>)document.Find("SLO/twice")!;
        var same = twice with { Spec = twice.Spec with { Objectives = [twice.Spec.Objectives[0], twice.Spec.Objectives[1] with { DisplayName = "X" }] } };
        node.Source.Apply(new ConfigDocument(document.Resources.Select(r => r == twice ? same : r)));

        await node.CallsAsync(TimeSpan.FromSeconds(10), 10, 0);

        Assert.Equal("ok", node.Status("orders").State);
        Assert.Equal("Two objectives are known as twice/x.", Assert.Single(node.Book.Unjudged(_time.GetUtcNow())).Reason);
    }

    [Fact]
    public async Task Statuses_BeforeTheFirstTickThatSeesThem_AreNotJudgedYet()
    {
        await using var node = await ObjectiveNode.StartAsync(database, _time, Orders);
        node.Source.Apply(ObjectiveNode.Read(Orders + "\n---\n" + Orders.Split("---")[0].Replace("name: orders,", "name: again,", StringComparison.Ordinal)));

        var before = node.Book.Statuses(_time.GetUtcNow()).OrderBy(s => s.Id, StringComparer.Ordinal).ToList();
        Assert.Equal([("again", "reading"), ("orders", "no_data")], before.Select(s => (s.Id, s.State)));
        Assert.StartsWith("Not judged yet", before[0].Reason, StringComparison.Ordinal);
        Assert.Equal((null, null, 0.999), (before[0].Ratio, before[0].BudgetLeft, before[0].Target));
        Assert.Equal("reading", node.Book.Status("again", _time.GetUtcNow())!.State);
        Assert.Null(node.Book.Status("other", _time.GetUtcNow()));

        await node.TickAsync();
        Assert.Equal(["no_data", "no_data"], node.Book.Statuses(_time.GetUtcNow()).Select(s => s.State));
    }

    [Fact]
    public async Task Tick_SlicesOfHistoryThatIsKeptCoarser_WeighAsMuchAsYoungOnes_AndItIsSaid()
    {
        var store = await database.OpenAsync();
        var old = _time.GetUtcNow().AddDays(-20);
        await new SeriesStore(store).WriteAsync(
            [.. Enumerable.Range(0, 10).SelectMany(i => new[] { Minute(old.AddMinutes(i), new Tally(50, 100)), Minute(_time.GetUtcNow().AddMinutes(i - 60), new Tally(0, 100)) })], TestContext.Current.CancellationToken);
        await new SeriesCoarsening(store, new Leases(store, false, _time), _time).RunAsync(TestContext.Current.CancellationToken);

        await using var node = await ObjectiveNode.StartAsync(database, _time, Orders.Replace("Occurrences", "Timeslices", StringComparison.Ordinal).Replace("{target: 0.999}", "{target: 0.5, timeSliceTarget: 0.9, timeSliceWindow: 1m}", StringComparison.Ordinal));

        var status = node.Status("orders");
        Assert.Equal((10, 20, old.AddMinutes(10)), (status.Bad, status.Total, status.CoarseUntil));
        var reader = new BudgetReader(node.Book, node.History, new BudgetAttribution(node.Book, node.History, null!, []));
        var period = (await reader.PeriodAsync("orders", _time.GetUtcNow().AddDays(-25), _time.GetUtcNow(), TimeZoneInfo.Utc, TestContext.Current.CancellationToken))!;
        Assert.Equal((10, 20, 20L, old.AddMinutes(10)), (period.Adjusted.Bad, period.Adjusted.Total, period.MinutesWithData, period.CoarseUntil));

        static SeriesBucket Minute(DateTimeOffset at, Tally events) => new("tidegate:availability;service=orders", SeriesBook.MinuteOf(at), 7, events, null);
    }

    [Fact]
    public async Task Tick_CallsOfTheGateway_AreRatioBudgetAndBurn()
    {
        await using var node = await ObjectiveNode.StartAsync(database, _time, Orders);
        await node.CallsAsync(TimeSpan.FromMinutes(10), 100, 0.01);

        var status = node.Status("orders");

        Assert.Equal(("burning", 6000.0, 60.0), (status.State, status.Total, status.Bad));
        Assert.Equal(0.99, status.Ratio!.Value, 9);
        Assert.Equal(-9, status.BudgetLeft!.Value, 6);
        Assert.Equal(10, status.Burn["1h"]!.Value, 6);
        Assert.InRange(0.99, status.Confidence!.Low, status.Confidence.High);
    }

    [Fact]
    public async Task Tick_WindowOfAMinuteRightAfterTheStart_HasWhatWasCountedBeforeTheFirstTick()
    {
        var policy = """

            ---
            apiVersion: tidegate/v1
            kind: ErrorBudgetPolicy
            metadata: {name: watch}
            spec: {for: {slos: [again]}, dryRun: true, rules: [{name: now, when: {burnAbove: 400, over: 1m}, actions: [{type: freeze}]}]}
            """;
        var again = Orders.Split("---")[0].Replace("name: orders,", "name: again,", StringComparison.Ordinal).Replace("service: [orders]", "service: [orders], bad: [upstream_error]", StringComparison.Ordinal);
        await using var node = await ObjectiveNode.StartAsync(database, _time, Orders);
        node.Source.Apply(ObjectiveNode.Read($"{Orders}\n---\n{again}{policy}"));
        node.Count(100, 50);
        _time.Advance(TimeSpan.FromSeconds(40));
        await node.TickAsync(); // reads the past of what is new, and in it the minute that has begun
        Assert.Equal((50, 100), (node.Status("again").Bad, node.Status("again").Total));

        _time.Advance(TimeSpan.FromSeconds(30));
        await node.TickAsync();

        // 09:01:10: the last minute began at 09:00:10.
        Assert.Equal(500, node.Status("again").Burn["1m"]!.Value, 6);
        Assert.Equal((50, 100), (node.Status("again").Bad, node.Status("again").Total));
    }

    [Fact]
    public async Task Tick_NoCalls_IsNoDataAndNeverGood()
    {
        await using var node = await ObjectiveNode.StartAsync(database, _time, Orders);
        await node.CallsAsync(TimeSpan.FromMinutes(1), 0, 0);

        var status = node.Status("orders");

        Assert.Equal("no_data", status.State);
        Assert.Null(status.BudgetLeft);
        Assert.Null(status.Ratio);
    }

    [Fact]
    public async Task Tick_WhatCallersDidWrong_DoesNotCount()
    {
        await using var node = await ObjectiveNode.StartAsync(database, _time, Orders);
        await node.CallsAsync(TimeSpan.FromSeconds(10), 10, 0, r => r.Outcome = CallOutcome.Unauthenticated);
        await node.CallsAsync(TimeSpan.FromSeconds(10), 10, 0, r => r.Outcome = CallOutcome.ClientCancelled);
        await node.CallsAsync(TimeSpan.FromSeconds(10), 10, 0, r => r.Service = "another");
        await node.CallsAsync(TimeSpan.FromSeconds(10), 10, 0);

        Assert.Equal(10, node.Status("orders").Total);
    }

    [Fact]
    public async Task Tick_TotalOutage_IsOnePageWithWhatUsersFeelAndEndsWhenTheyAreWell()
    {
        await using var node = await ObjectiveNode.StartAsync(database, _time, Orders);
        await node.CallsAsync(TimeSpan.FromMinutes(60), 10, 0);
        var broken = _time.GetUtcNow();
        await node.CallsAsync(TimeSpan.FromMinutes(10), 10, 1);
        await node.CallsAsync(TimeSpan.FromMinutes(40), 10, 0);

        var told = await node.ToldAsync(3);

        // Page and ticket once each; the page ends with its slower pair, half an hour later, the ticket later still.
        Assert.Equal(["objectives.alert_fired", "objectives.alert_fired", "objectives.alert_resolved"], told.Select(e => e.Type));
        var page = Assert.Single(await node.Alerts.ListAsync(all: true, null, 10, TestContext.Current.CancellationToken), a => a.Severity == AlertSeverity.Page);
        Assert.Equal(broken.AddSeconds(30), page.FiredAt); // the pair of 6 h, of which there is one: 0.6 % of 3,600 calls
        Assert.InRange(page.ImpactStart, broken.AddSeconds(-20), broken); // not the whole minute before it, nor the time of the tick that saw it
        Assert.Equal(broken.AddMinutes(39).AddSeconds(50), page.ResolvedAt!.Value, TimeSpan.FromMinutes(1));
        Assert.Contains("calls answered, service orders; promised 99.9 %", page.Summary, StringComparison.Ordinal);
        Assert.Equal("https://wiki.example/orders", page.Runbook);
    }

    [Fact]
    public async Task Restart_InTheMiddleOfABurn_LosesNoCountAndTellsOfNoAlertTwice()
    {
        var node = await ObjectiveNode.StartAsync(database, _time, Orders);
        await node.CallsAsync(TimeSpan.FromMinutes(5).Add(TimeSpan.FromSeconds(20)), 10, 0.5);
        await node.ToldAsync(2);
        var before = node.Status("orders");
        // Killed: nothing is stopped, nothing is written after the last tick.

        await using var next = await ObjectiveNode.StartAsync(database, _time, Orders);
        var after = next.Status("orders");
        Assert.Equal((before.Bad, before.Total, "burning"), (after.Bad, after.Total, after.State));
        await next.CallsAsync(TimeSpan.FromSeconds(50), 10, 0.5); // the same minute goes on
        Assert.Equal((before.Bad + 25, before.Total + 50), (next.Status("orders").Bad, next.Status("orders").Total));
        await next.CallsAsync(TimeSpan.FromMinutes(5), 10, 0.5);

        Assert.Equal(2, (await next.ToldAsync(2)).Count);
        Assert.Equal(2, (await next.Alerts.ListAsync(all: true, null, 10, TestContext.Current.CancellationToken)).Count);
    }

    [Fact]
    public async Task Restart_BetweenWritingAnAlertAndTellingOfIt_TellsOfItOnce()
    {
        var node = await ObjectiveNode.StartAsync(database, _time, Orders);
        await node.DisposeAsync();
        var lost = new Alert
        {
            Id = "alert_orders_page_1", Objective = "orders", Slo = "orders", Service = "orders", Severity = AlertSeverity.Page, FiredAt = _time.GetUtcNow(), ImpactStart = _time.GetUtcNow(),
            Condition = "", Burn = 20, BudgetLeft = 0.5, Summary = "",
        };
        await node.Alerts.FireAsync(lost, TestContext.Current.CancellationToken);

        await using var next = await ObjectiveNode.StartAsync(database, _time, Orders);
        await next.ToldAsync(1);
        await using var third = await ObjectiveNode.StartAsync(database, _time, Orders);

        Assert.Single(await third.ToldAsync(1), e => e.Id == "alert_orders_page_1/fired");
    }

    [Fact]
    public async Task Configuration_Changed_KeepsWhatUnchangedObjectivesHaveSeen()
    {
        await using var node = await ObjectiveNode.StartAsync(database, _time, Orders);
        await node.CallsAsync(TimeSpan.FromMinutes(1), 10, 0);
        var before = node.Book.States["orders"];

        node.Source.Apply(ObjectiveNode.Read(Orders.Replace("0.999", "0.99", StringComparison.Ordinal)));
        await node.CallsAsync(TimeSpan.FromSeconds(10), 10, 0);
        var changed = node.Book.States["orders"];
        node.Source.Apply(ObjectiveNode.Read(Orders.Replace("0.999", "0.99", StringComparison.Ordinal)));
        await node.CallsAsync(TimeSpan.FromSeconds(10), 10, 0);

        Assert.NotSame(before, changed);
        Assert.Same(changed, node.Book.States["orders"]);
        Assert.Equal(80, node.Status("orders").Total); // the counts are those of the series, whatever the target is
    }

    // semantics 3.6: nothing is excluded silently; raw and adjusted stand side by side.
    [Fact]
    public async Task Semantics3_6_TimesThatAreExcluded_DoNotCountAndAreShownBesideWhatWasThere()
    {
        await using var node = await ObjectiveNode.StartAsync(database, _time, Orders + """

            ---
            apiVersion: tidegate/v1
            kind: Exclusion
            metadata: {name: move}
            spec:
              reason: The database moves
              author: ada
              kind: maintenance
              slos: [orders]
              windows: [{from: 2026-03-02T09:10:00Z, until: 2026-03-02T09:20:00Z}]
            """);
        await node.CallsAsync(TimeSpan.FromMinutes(10), 10, 0);
        await node.CallsAsync(TimeSpan.FromMinutes(5), 10, 1);

        var status = node.Status("orders");

        Assert.Equal((1.0, 1.0), (Math.Round(status.Ratio!.Value, 2), Math.Round(status.BudgetLeft!.Value, 2)));
        Assert.Equal(2.0 / 3, status.RawRatio!.Value, 1);
        Assert.True(status.RawBudgetLeft < -300);
        Assert.Equal("move (maintenance): The database moves, by ada", Assert.Single(status.Excluded));
        Assert.Empty(await node.Alerts.ListAsync(all: true, null, 10, TestContext.Current.CancellationToken));
    }

    private static string PushedJourney => Pushed("one") + "\n---\n" + Pushed("two") + """

            ---
            apiVersion: tidegate/v1
            kind: Service
            metadata: {name: orders}
            spec: {destinations: [{address: "http://127.0.0.1:9"}]}
            ---
            apiVersion: tidegate/v1
            kind: CompositeSLO
            metadata: {name: journey}
            spec: {method: any_bad, target: 0.9, timeWindow: [{duration: 30d, isRolling: true}], parts: [{slo: one}, {slo: two}]}
            """;

    private static string Pushed(string name) => $$"""
        apiVersion: openslo/v1
        kind: SLO
        metadata: {name: {{name}}}
        spec:
          service: orders
          budgetingMethod: Occurrences
          timeWindow: [{duration: 30d, isRolling: true}]
          objectives: [{target: 0.99}]
          indicator: {metadata: {name: {{name}}-sli}, spec: {ratioMetric: {rawType: success, raw: {metricSource: {type: events, spec: {name: {{name}} } } } } } }
        """;

    [Theory]
    [InlineData("weighted", 0.875)]
    [InlineData("any_bad", 0.5)]
    public async Task Composite_OfTwo_IsJudgedMinuteByMinute(string method, double expected)
    {
        var second = Orders.Split("---")[0].Replace("name: orders,", "name: payments,", StringComparison.Ordinal).Replace("service: [orders]", "service: [payments]", StringComparison.Ordinal);
        await using var node = await ObjectiveNode.StartAsync(database, _time, Orders + "\n---\n" + second + $$"""

            ---
            apiVersion: tidegate/v1
            kind: Service
            metadata: {name: payments}
            spec: {destinations: [{address: "http://127.0.0.1:9"}]}
            ---
            apiVersion: tidegate/v1
            kind: CompositeSLO
            metadata: {name: journey}
            spec:
              method: {{method}}
              target: 0.99
              timeWindow: [{duration: 30d, isRolling: true}]
              parts: [{slo: orders, weight: 3}, {slo: payments}]
            """);
        // In every ten seconds: orders are well, half of the payments fail.
        var call = 0;
        await node.CallsAsync(TimeSpan.FromMinutes(4), 8, 0, r =>
        {
            if (call++ % 2 == 0) return;
            (r.Service, r.Outcome) = ("payments", call % 4 == 0 ? CallOutcome.UpstreamError : CallOutcome.Ok);
        });

        var status = node.Status("journey");

        Assert.Equal((expected, "slices"), (status.Ratio!.Value, status.Unit));
        Assert.InRange(status.Total, 2, 4);
    }

    // Counts that are pushed, minutes that a server is asked for and those of other nodes come when their minute is over.
    [Fact]
    public async Task Composite_OfPartsWhoseEventsComeLate_HasTheirMinutes()
    {
        await using var node = await ObjectiveNode.StartAsync(database, _time, PushedJourney);
        await node.CallsAsync(TimeSpan.FromMinutes(10), 0, 0);
        var now = _time.GetUtcNow();

        node.Hub.Add("events:one", now.AddMinutes(-5), new Tally(0, 10));
        node.Hub.Add("events:two", now.AddMinutes(-3), new Tally(5, 10));
        await node.CallsAsync(TimeSpan.FromSeconds(20), 0, 0);
        Assert.Equal((0.5, 2.0), (node.Status("journey").Bad, node.Status("journey").Total));

        // The minute is judged anew when more of it comes.
        node.Hub.Add("events:two", now.AddMinutes(-5), new Tally(10, 10));
        await node.CallsAsync(TimeSpan.FromSeconds(20), 0, 0);
        Assert.Equal((1.5, 2.0), (node.Status("journey").Bad, node.Status("journey").Total));
    }

    [Fact]
    public async Task Composite_WhosePartsHadTheirEventsBeforeIt_SaysThat()
    {
        await using var node = await ObjectiveNode.StartAsync(database, _time, PushedJourney);
        await node.CallsAsync(TimeSpan.FromMinutes(1), 0, 0);
        Assert.Equal("No event was seen in its period.", node.Status("journey").Reason);

        node.Hub.Add("events:one", _time.GetUtcNow().AddHours(-3), new Tally(0, 10));
        await node.CallsAsync(TimeSpan.FromSeconds(20), 0, 0);

        Assert.Equal(
            "Its parts have events, but it has no minute of them yet: it gets each minute when it is over, none of their past, and events that are more than 50 minutes late are too late for it.",
            node.Status("journey").Reason);
    }

    // Nothing else would show it: it has no row among the objectives.
    [Fact]
    public async Task Composite_OfAnSloThatIsSeveralObjectives_IsSaidByTheHealthOfTheModule()
    {
        var second = Orders.Split("---")[0].Replace("name: orders,", "name: payments,", StringComparison.Ordinal);
        await using var node = await ObjectiveNode.StartAsync(database, _time, Orders.Replace("service: [orders]}", "groupBy: consumer}", StringComparison.Ordinal) + "\n---\n" + second + """

            ---
            apiVersion: tidegate/v1
            kind: CompositeSLO
            metadata: {name: journey}
            spec: {method: any_bad, target: 0.99, timeWindow: [{duration: 30d, isRolling: true}], parts: [{slo: orders}, {slo: payments}]}
            """);
        await node.CallsAsync(TimeSpan.FromSeconds(10), 10, 0, r => r.Consumer = "shop");

        Assert.Equal("The SLO journey is not judged: Its part orders is not exactly one objective that is judged.", Assert.Single(new ObjectivesHealth(node.Book).Problems));
    }

    [Fact]
    public async Task GroupBy_EveryValue_IsAnObjectiveOfItsOwnAlsoAfterARestart()
    {
        var grouped = Orders.Replace("service: [orders]}", "groupBy: consumer}", StringComparison.Ordinal);
        var node = await ObjectiveNode.StartAsync(database, _time, grouped);
        var call = 0;
        await node.CallsAsync(TimeSpan.FromSeconds(30), 10, 0.1, r => r.Consumer = call++ % 10 == 0 ? "shop" : "app");

        await using var next = await ObjectiveNode.StartAsync(database, _time, grouped);

        Assert.Equal(["orders=app", "orders=shop"], next.Book.States.Keys.Order());
        Assert.Equal((3.0, 3.0), (next.Status("orders=shop").Bad, next.Status("orders=shop").Total));
        Assert.Equal((0.0, 27.0), (next.Status("orders=app").Bad, next.Status("orders=app").Total));
    }

    // Seen end to end: calls before the first tick after a start or a change belonged to nobody.
    [Fact]
    public async Task Configuration_Changed_CountsFromThatMomentAndNotFromTheNextTick()
    {
        await using var node = await ObjectiveNode.StartAsync(database, _time, Orders.Replace("service: [orders]", "service: [another]", StringComparison.Ordinal).Replace("metadata: {name: orders}\nspec: {dest", "metadata: {name: another}\nspec: {dest", StringComparison.Ordinal));
        node.Source.Apply(ObjectiveNode.Read(Orders));
        await node.CallsAsync(TimeSpan.FromSeconds(10), 10, 0);

        Assert.Equal(10, node.Status("orders").Total);
    }
}
