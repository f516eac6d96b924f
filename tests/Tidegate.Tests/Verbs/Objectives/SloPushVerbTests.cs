using System.Text.Json.Nodes;
using Tidegate.Cli;
using Tidegate.Tests.Cli;
using Tidegate.Verbs;

namespace Tidegate.Tests.Verbs.Objectives;

/// <summary>Counts that are pushed at the command line.</summary>
public sealed class SloPushVerbTests
{
    [Fact]
    public async Task Push_WithAKey_SendsTheCountsUnderItAndSaysWhatWasCounted()
    {
        var (terminal, key, body) = await RunAsync("""{"events": 1000, "again": false}""", "--at", "2026-03-01T02:00:00Z", "--key", "import-2026-03-01");

        Assert.Equal("import-2026-03-01", key);
        var count = body["events"]![0]!;
        Assert.Equal(("imports", 980, 20), (count["name"]!.GetValue<string>(), count["good"]!.GetValue<int>(), count["bad"]!.GetValue<int>()));
        Assert.Equal(new DateTimeOffset(2026, 3, 1, 2, 0, 0, TimeSpan.Zero), count["at"]!.GetValue<DateTimeOffset>());
        Assert.Contains("1000 events", terminal.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Push_WithoutAKey_MakesOne_AndSaysWhenItWasCountedBefore()
    {
        var (terminal, key, _) = await RunAsync("""{"events": 1000, "again": true}""");

        Assert.Matches("^[0-9a-f]{32}$", key);
        Assert.Contains("it was counted before", terminal.Output, StringComparison.Ordinal);
        Assert.Contains(key, terminal.Output, StringComparison.Ordinal);
    }

    private static async Task<(FakeTerminal Terminal, string Key, JsonNode Body)> RunAsync(string answer, params string[] more)
    {
        var (terminal, key, body) = (new FakeTerminal(), "", "");
        var admin = new FakeAdmin(request =>
        {
            Assert.Equal("/api/v1/indicators/events", request.RequestUri!.AbsolutePath);
            (key, body) = (request.Headers.GetValues("Idempotency-Key").Single(), request.Content!.ReadAsStringAsync().GetAwaiter().GetResult());
            return FakeAdmin.Json(answer);
        });
        var code = await new CommandLine(terminal, admin, TimeProvider.System, VerbList.Groups).RunAsync(["slo", "push", "imports", "--good", "980", "--bad", "20", .. more], TestContext.Current.CancellationToken);
        Assert.Equal(ExitCode.Ok, code);
        return (terminal, key, JsonNode.Parse(body)!);
    }
}
