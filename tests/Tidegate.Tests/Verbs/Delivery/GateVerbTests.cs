using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Time.Testing;
using Tidegate.Cli;
using Tidegate.Tests.Cli;
using Tidegate.Verbs;

namespace Tidegate.Tests.Verbs.Delivery;

/// <summary><c>tidegate gate</c>: what a pipeline relies on.</summary>
public sealed class GateVerbTests
{
    private const string Denied = """
        {"service":"shop","change":"CHG-1","priority":"normal","allowed":false,"summary":"Denied: 1 reason speaks against a release of shop.","at":"2026-03-02T09:00:00Z",
         "reasons":[{"code":"freeze","effect":"deny","about":"f_1","text":"shop is frozen."},{"code":"no_data","effect":"warn","about":"x","text":"x has no data."}],
         "objectives":[{"id":"shop-answers","state":"burning","target":0.999,"budgetLeft":-0.5,"budgetLeftMinutes":-20,"burn":7.25},{"id":"shop-fast","state":"no_data","target":0.95,"budgetLeft":null,"budgetLeftMinutes":null,"burn":null}]}
        """;

    private static readonly string Allowed = Denied.Replace("\"allowed\":false", "\"allowed\":true", StringComparison.Ordinal).Replace("Denied: 1 reason speaks", "Allowed: nothing speaks", StringComparison.Ordinal);

    [Fact]
    public async Task Gate_Denies_EndsWithItsOwnCodeAndShowsReasonsAndFigures()
    {
        var (code, terminal, admin) = await RunAsync(_ => FakeAdmin.Json(Denied), "gate", "--service", "shop", "--change", "CHG-1");

        Assert.Equal(9, code);
        Assert.Equal((HttpMethod.Post, "/api/v1/gate"), (admin.Asked[0].Method, admin.Asked[0].Path));
        Assert.Equal(
            ["Denied: 1 reason speaks against a release of shop.", "denies  shop is frozen.", "warns   x has no data.", "shop-answers: burning, -50 % of the budget left, burn 7.25x over 1h, target 99.9 %", "shop-fast: no_data, target 95 %"],
            terminal.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }

    [Fact]
    public async Task Gate_Allows_EndsWithZeroAndAnswersJson()
    {
        var (code, terminal, _) = await RunAsync(_ => FakeAdmin.Json(Allowed), "gate", "--service", "shop", "--output", "json");

        Assert.Equal(0, code);
        Assert.True(System.Text.Json.Nodes.JsonNode.Parse(terminal.Output)!["allowed"]!.GetValue<bool>());
    }

    [Fact]
    public async Task Gate_Override_GoesToItsOwnAddress()
    {
        var (code, _, admin) = await RunAsync(_ => FakeAdmin.Json(Allowed), "gate", "--service", "shop", "--override", "stops the double charges");
        Assert.Equal((0, "/api/v1/gate/override"), (code, admin.Asked[0].Path));
    }

    [Theory]
    [InlineData(404, 7)]
    [InlineData(403, 4)]
    [InlineData(503, 1)]
    public async Task Gate_Fails_IsNoDenialAndNoYes(int status, int expected)
    {
        var (code, _, _) = await RunAsync(_ => FakeAdmin.Problem($$"""{"status":{{status}},"code":"x","detail":"Something."}""", (HttpStatusCode)status), "gate", "--service", "shop");
        Assert.Equal(expected, code);
    }

    [Fact]
    public async Task Gate_Wait_AsksAgainThroughDenialsAndOutagesUntilItIsAllowed()
    {
        var asked = 0;
        var (code, terminal, _) = await RunAsync(
            _ => ++asked switch { 1 => FakeAdmin.Json(Denied), 2 => throw new HttpRequestException("refused", new SocketException((int)SocketError.ConnectionRefused)), _ => FakeAdmin.Json(Allowed) },
            "gate", "--service", "shop", "--wait", "10m");

        Assert.Equal((0, 3), (code, asked));
        Assert.Contains("Asked again in 10 s.", terminal.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gate_WaitIsOver_IsDenied()
    {
        var (code, _, admin) = await RunAsync(_ => FakeAdmin.Json(Denied), "gate", "--service", "shop", "--wait", "25s");
        Assert.Equal((9, 3), (code, admin.Asked.Count));
    }

    [Fact]
    public async Task Gate_WordsThatAreWrong_AreUsage() =>
        Assert.Equal((2, 2), ((await RunAsync(_ => FakeAdmin.Json(Allowed), "gate", "--service", "shop", "--priority", "high")).Code, (await RunAsync(_ => FakeAdmin.Json(Allowed), "gate", "--service", "shop", "--wait", "soon")).Code));

    [Theory]
    [InlineData("freeze", "start", "shop", "-m", "sale", "--for", "9999999d")]
    [InlineData("gate", "--service", "shop", "--wait", "9999999d")]
    [InlineData("canary", "v2", "--route", "shop", "--since", "9999999d")]
    [InlineData("tokens", "create", "ci", "--expires-in", "9999999d")]
    public async Task Duration_BeyondTheCalendar_IsUsage(params string[] words)
    {
        var (code, terminal, _) = await RunAsync(_ => FakeAdmin.Json(Allowed), words);
        Assert.Equal(2, code);
        Assert.Contains("at most 3650d", terminal.Errors, StringComparison.Ordinal);
    }

    private static async Task<(int Code, FakeTerminal Terminal, FakeAdmin Admin)> RunAsync(Func<HttpRequestMessage, HttpResponseMessage> answer, params string[] words)
    {
        var (terminal, admin) = (new FakeTerminal { Columns = 200 }, new FakeAdmin(answer));
        var time = new FakeTimeProvider();
        var line = new CommandLine(terminal, admin, time, VerbList.Groups);
        var run = line.RunAsync(words, TestContext.Current.CancellationToken);
        // Time stands still but for the pauses the verb makes.
        while (!run.IsCompleted)
        {
            await Task.Yield();
            time.Advance(TimeSpan.FromSeconds(1));
        }

        return (await run, terminal, admin);
    }
}
