using System.Net;
using Microsoft.Extensions.Time.Testing;
using Tidegate.Cli;
using Tidegate.Tests.Cli;
using Tidegate.Verbs;

namespace Tidegate.Tests.Verbs.Delivery;

/// <summary><c>tidegate rollout</c>: how it ends is what a pipeline goes by.</summary>
public sealed class RolloutVerbTests
{
    [Theory]
    [InlineData("promoted", 0)]
    [InlineData("rolled_back", 9)]
    [InlineData("aborted", 9)]
    [InlineData("superseded", 9)]
    [InlineData("running", 12)]
    [InlineData("paused", 12)]
    public async Task Start_Wait_EndsAsTheRolloutDoes(string state, int expected)
    {
        var asked = 0;
        var (code, _, admin) = await RunAsync(_ => FakeAdmin.Json(Rollout(++asked < 3 ? "running" : state)), "rollout", "start", "checkout", "--wait", "1m");

        Assert.Equal(expected, code);
        Assert.Equal((HttpMethod.Post, "/api/v1/rollouts"), (admin.Asked[0].Method, admin.Asked[0].Path));
        Assert.Equal((HttpMethod.Get, "/api/v1/rollouts/ro_1"), (admin.Asked[1].Method, admin.Asked[1].Path));
    }

    [Theory]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    [InlineData(HttpStatusCode.InternalServerError)]
    public async Task Show_Wait_GoesOnThroughAnswersOfANodeThatIsNotWell(HttpStatusCode status)
    {
        var asked = 0;
        var (code, terminal, _) = await RunAsync(
            _ => ++asked switch { 1 => FakeAdmin.Json(Rollout("running")), 2 => FakeAdmin.Problem($$"""{"status":{{(int)status}},"code":"x","detail":"The state database is away."}""", status), _ => FakeAdmin.Json(Rollout("promoted")) },
            "rollout", "show", "checkout", "--wait", "1m");

        Assert.Equal((0, 3), (code, asked));
        Assert.Contains("The state database is away.", terminal.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gate_denies", 9)]
    [InlineData("split_overlaid", 9)]
    [InlineData("rollout_under_way", 5)]
    public async Task Start_GateOrAPolicyIsInTheWay_EndsAsTheGateDoesAndSaysWhy(string word, int expected)
    {
        var (code, terminal, _) = await RunAsync(
            _ => FakeAdmin.Problem($$"""{"status":409,"code":"{{word}}","resource":"service/checkout-next","detail":"Denied: 1 reason speaks against it. It is frozen.","action":"Wait."}""", HttpStatusCode.Conflict),
            "rollout", "start", "checkout");

        Assert.Equal(expected, code);
        Assert.Contains("It is frozen.", terminal.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_PriorityAndOverride_GoWithIt()
    {
        var sent = "";
        var (code, _, _) = await RunAsync(
            request =>
            {
                using var body = new StreamReader(request.Content!.ReadAsStream());
                sent = body.ReadToEnd();
                return FakeAdmin.Json(Rollout("running"));
            },
            "rollout", "start", "checkout", "--priority", "p0", "--override", "it has to be");

        Assert.Equal(0, code);
        Assert.Contains("\"priority\":\"p0\",\"override\":\"it has to be\"", sent, StringComparison.Ordinal);
        Assert.Equal(2, (await RunAsync(_ => FakeAdmin.Json(Rollout("running")), "rollout", "start", "checkout", "--priority", "high")).Code);
    }

    [Fact]
    public async Task Start_WithoutWait_EndsAtOnce()
    {
        var (code, terminal, admin) = await RunAsync(_ => FakeAdmin.Json(Rollout("running")), "rollout", "start", "checkout");

        Assert.Equal((0, 1), (code, admin.Asked.Count));
        Assert.Contains("running at 25 %, step 2 of 4 (5, 25, 50, 100 %)", terminal.Output, StringComparison.Ordinal);
        Assert.Contains("inconclusive: Not enough calls yet.", terminal.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_OfOneThatWasTakenBack_IsAnAnswerUnlessItWasWaitedFor() => Assert.Equal(
        (0, 9), ((await RunAsync(_ => FakeAdmin.Json(Rollout("rolled_back")), "rollout", "show", "checkout")).Code, (await RunAsync(_ => FakeAdmin.Json(Rollout("rolled_back")), "rollout", "show", "checkout", "--wait", "1m")).Code));

    [Theory]
    [InlineData("pause")]
    [InlineData("resume")]
    [InlineData("promote")]
    [InlineData("abort")]
    public async Task Orders_GoToTheRollout(string word)
    {
        var (code, _, admin) = await RunAsync(_ => FakeAdmin.Json(Rollout("running")), "rollout", word, "checkout", "-m", "why");
        Assert.Equal((0, HttpMethod.Post, $"/api/v1/rollouts/checkout/{word}"), (code, admin.Asked[0].Method, admin.Asked[0].Path));
    }

    [Theory]
    [InlineData("pass", 0)]
    [InlineData("fail", 9)]
    [InlineData("inconclusive", 12)]
    public async Task Canary_EndsByItsVerdict(string verdict, int expected)
    {
        var (code, terminal, _) = await RunAsync(
            _ => FakeAdmin.Json($$"""{"at":"2026-03-02T09:00:00Z","verdict":"{{verdict}}","summary":"So it is.","baselineCalls":1,"canaryCalls":2,"tests":[]}"""), "canary", "v2", "--route", "checkout", "--since", "30m");
        Assert.Equal(expected, code);
        Assert.Contains("So it is.", terminal.Output, StringComparison.Ordinal);
    }

    private static string Rollout(string state) => $$"""
        {"id":"ro_1","route":"checkout","service":"checkout-next","canary":"v2","state":"{{state}}","share":25,"steps":[5,25,50,100],"step":1,"release":"r_1","author":"ci","startedAt":"2026-03-02T09:00:00Z",
         "stepStartedAt":"2026-03-02T09:10:00Z","reason":"why","report":{"at":"2026-03-02T09:11:00Z","verdict":"inconclusive","summary":"Not enough calls yet.","baselineCalls":1,"canaryCalls":2,"tests":[]},"history":[]}
        """;

    private static async Task<(int Code, FakeTerminal Terminal, FakeAdmin Admin)> RunAsync(Func<HttpRequestMessage, HttpResponseMessage> answer, params string[] words)
    {
        var (terminal, admin, time) = (new FakeTerminal { Columns = 200 }, new FakeAdmin(answer), new FakeTimeProvider());
        var run = new CommandLine(terminal, admin, time, VerbList.Groups).RunAsync(words, TestContext.Current.CancellationToken);
        // Time stands still but for the pauses the verb makes.
        while (!run.IsCompleted)
        {
            await Task.Yield();
            time.Advance(TimeSpan.FromSeconds(1));
        }

        return (await run, terminal, admin);
    }
}
