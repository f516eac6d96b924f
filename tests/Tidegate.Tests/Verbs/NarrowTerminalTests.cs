using Tidegate.Cli;
using Tidegate.Tests.Cli;
using Tidegate.Verbs;

namespace Tidegate.Tests.Verbs;

/// <summary>Tables on a terminal of ordinary width: what is copied into the next command (ids) and times stay whole, sentences go on in the next line.</summary>
public sealed class NarrowTerminalTests
{
    private const string Overlays = """
        {"items":[
          {"id":"o_1b6b2a6b951ac761","reason":"Error budget policy checkout, rule burning: split of Route/checkout: v1 80 % to 99 %, v2 20 % to 1 %","author":"policy/checkout","evidence":null,
           "createdAt":"2026-11-30T08:29:11Z","expiresAt":"2026-11-30T09:29:11Z","revokedAt":null,"patches":{"Route/checkout":{}}}],
         "next":null}
        """;

    private const string Alerts = """
        {"items":[
          {"id":"alert_checkout-works_page_1796027350","origin":"tidegate","objective":"checkout-works","slo":"checkout-works","service":"checkout","severity":"page","firedAt":"2026-11-30T08:29:10Z","resolvedAt":null,
           "impactStart":"2026-11-30T08:29:00Z","condition":"14.4x over 1h and 5m","burn":20.16,"budgetLeft":-19.16,
           "summary":"2.02 % not good in the last 1h (calls answered, route checkout; promised 99.9 %). It burns 20.2 times as fast as it may.","targets":""}],
         "next":null}
        """;

    [Fact]
    public async Task OverlayList_At100Columns_KeepsIdsAndTimesWhole() => AssertWhole(
        await RunAsync(Overlays, 100, "overlay", "list"), 100, "o_1b6b2a6b951ac761", "policy/checkout", "2026-11-30 09:29:11Z");

    [Fact]
    public async Task AlertsList_At100Columns_HasAReadableSummaryBesideTheWholeId()
    {
        var lines = await RunAsync(Alerts, 100, "alerts", "list");

        AssertWhole(lines, 100, "alert_checkout-works_page_1796027350", "2026-11-30 08:29:10Z");
        Assert.InRange(lines.Count, 2, 8);
    }

    // The README's first minute: the made-up models of the demo have names like this one.
    [Theory]
    [InlineData("northwind/lorem?dialect=openai_chat&tokens=40&first=80ms&rate=80&flaky=16#none", true)]
    [InlineData("alert_checkout-works_page_1796027350", false)]
    public void Fitting_NameWithoutBlanks_WrapsWhenItIsTooLongForAnId(string name, bool wraps)
    {
        Column<string>[] columns = [new("SERVICE", _ => "northwind"), new("DESTINATION", n => n), new("HEALTH", _ => "unknown") { Right = true }, new("SINCE", _ => "2026-11-30 08:29:10Z")];

        Assert.Equal([false, wraps, false, false], Tables.Fitting([name], columns, 80).Select(c => c.Wraps));
    }

    [Fact]
    public async Task SloShow_Windows_AreInOrderAndLargeSharesHaveNoFalseDigits()
    {
        const string answer = """
            {"id":"checkout-works","slo":"checkout-works","service":"checkout","displayName":"Checkouts that work","good":"calls answered","state":"burning","reason":"","target":0.999,"ratio":0.97984,
             "rawRatio":0.97984,"rawBudgetLeft":-19.16129,"excluded":[],"bad":25,"total":1240,"unit":"events","budgetLeft":-19.16129,"budgetLeftUnits":-23.76,"budgetLeftMinutes":-827.77,"exhaustedInSeconds":0,
             "burn":{"1d":20.1612,"1h":20.1612,"30m":9.876,"3d":20.1612,"5m":1204.5,"period":20.1612},"periodStart":"2026-10-31T08:29:40Z","periodEnd":"2026-11-30T08:29:40Z","alerts":[]}
            """;

        var lines = await RunAsync(answer, 100, "slo", "show", "checkout-works");

        Assert.Equal(["burn 5m 1,204.5x", "burn 30m 9.88x", "burn 1h 20.2x", "burn 1d 20.2x", "burn 3d 20.2x", "burn period 20.2x"], lines.Where(l => l.StartsWith("burn", StringComparison.Ordinal)).Select(Squeezed));
        Assert.Equal("budget left -1,916 %: -23.76 events, or -827.8 minutes of outage", Squeezed(lines.Single(l => l.StartsWith("budget left", StringComparison.Ordinal))));
    }

    private static string Squeezed(string line) => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private static void AssertWhole(IReadOnlyList<string> lines, int width, params string[] words)
    {
        Assert.All(lines, l => Assert.InRange(l.TrimEnd().Length, 0, width));
        Assert.All(words, w => Assert.Contains(w, lines[1], StringComparison.Ordinal));
    }

    private static async Task<IReadOnlyList<string>> RunAsync(string answer, int columns, params string[] words)
    {
        var terminal = new FakeTerminal { OutIsTerminal = true, Columns = columns, Variables = { ["NO_COLOR"] = "1", ["TERM"] = "dumb" } };
        var line = new CommandLine(terminal, new FakeAdmin(_ => FakeAdmin.Json(answer)), TimeProvider.System, VerbList.Groups);
        Assert.Equal(ExitCode.Ok, await line.RunAsync(words, TestContext.Current.CancellationToken));
        return terminal.Output.TrimEnd().Split('\n');
    }
}
