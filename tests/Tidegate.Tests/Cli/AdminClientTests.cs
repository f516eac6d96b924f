using System.Net;
using Tidegate.Cli;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Cli;

public sealed class AdminClientTests
{
    [Fact]
    public async Task GetAsync_NothingListens_NamesTheAddressAndTheRemedy()
    {
        var port = FreePort.Find();
        using var network = Network.Handler();
        var (code, terminal) = await ProbeVerb.RunAsync($"probe --address http://127.0.0.1:{port}", network: network);

        Assert.Equal(ExitCode.Unreachable, code);
        Assert.Contains($"Cannot reach Tidegate at http://127.0.0.1:{port}: connection refused", terminal.Errors);
        Assert.Contains("tidegate serve", terminal.Errors);
    }

    [Theory]
    [InlineData(HttpStatusCode.Unauthorized, ExitCode.Refused)]
    [InlineData(HttpStatusCode.Forbidden, ExitCode.Refused)]
    [InlineData(HttpStatusCode.NotFound, ExitCode.NotFound)]
    [InlineData(HttpStatusCode.Conflict, ExitCode.Conflict)]
    [InlineData(HttpStatusCode.PreconditionFailed, ExitCode.Conflict)]
    [InlineData(HttpStatusCode.BadRequest, ExitCode.Invalid)]
    [InlineData(HttpStatusCode.UnprocessableEntity, ExitCode.Invalid)]
    [InlineData(HttpStatusCode.ServiceUnavailable, ExitCode.Failed)]
    public async Task GetAsync_Problem_BecomesItsExitCode(HttpStatusCode status, int expected)
    {
        using var admin = new FakeAdmin(_ => FakeAdmin.Problem("""{"status":400,"code":"x","detail":"No."}""", status));

        var (code, terminal) = await ProbeVerb.RunAsync("probe", network: admin);

        Assert.Equal(expected, code);
        Assert.Contains("error: No.", terminal.Errors);
    }

    [Theory]
    [InlineData("tgt_one\ntgt_two")]
    [InlineData("token tgt_one")]
    [InlineData("tgt_ü")]
    public async Task Token_ThatIsNone_IsSaidSo(string token)
    {
        var terminal = new FakeTerminal();
        terminal.Variables["TIDEGATE_TOKEN"] = token;

        var (code, _) = await ProbeVerb.RunAsync("probe", terminal: terminal);

        Assert.Equal(ExitCode.Usage, code);
        Assert.Contains("The token holds a blank, a new line or another character that no token has.", terminal.Errors);
        Assert.DoesNotContain("tgt_", terminal.Errors);
    }

    [Fact]
    public async Task GetAsync_TrafficPort_SaysThatItIsNoAdminPort()
    {
        using var traffic = new FakeAdmin(_ => FakeAdmin.Problem(
            """{"type":"https://tidegate.dev/problems/no_route","title":"no_route","status":404,"detail":"No route.","callId":"1"}""", HttpStatusCode.NotFound));

        var (code, terminal) = await ProbeVerb.RunAsync("probe --address http://127.0.0.1:8080", network: traffic);

        Assert.Equal(ExitCode.Failed, code);
        Assert.Contains("http://127.0.0.1:8080 is not an admin port: it answered 404", terminal.Errors);
        Assert.Contains("--address", terminal.Errors);
        Assert.Contains("http://127.0.0.1:8081", terminal.Errors);
    }

    [Fact]
    public async Task GetAsync_Problem_SaysWhichObjectWhichKeyWhatToDo()
    {
        using var admin = new FakeAdmin(_ => FakeAdmin.Problem("""
            {"status":422,"code":"invalid_document","resource":"Route/orders","path":"spec.service","detail":"There is no such service.","action":"Use one of: shop.",
             "findings":[{"severity":"error","code":"unknown","resource":"Route/orders","path":"spec.service","message":"no","source":{"file":"a.yaml","line":3,"column":5}}]}
            """, HttpStatusCode.UnprocessableEntity));

        var (_, terminal) = await ProbeVerb.RunAsync("probe", network: admin);

        Assert.Equal("error: Route/orders: spec.service: There is no such service.\n  a.yaml:3:5: error: Route/orders spec.service: no\nUse one of: shop.\n", terminal.Errors);
    }

    [Fact]
    public async Task GetAsync_AnswerOfSomethingElse_SuspectsTheAddress()
    {
        using var admin = new FakeAdmin(_ => FakeAdmin.Json("<html>", HttpStatusCode.BadGateway, "text/html"));

        var (code, terminal) = await ProbeVerb.RunAsync("probe", network: admin);

        Assert.Equal(ExitCode.Failed, code);
        Assert.Contains("this may not be Tidegate's admin address", terminal.Errors);
    }

    [Fact]
    public async Task ItemsAsync_FollowsCursorsToTheEnd()
    {
        using var admin = new FakeAdmin(request => FakeAdmin.Json(request.RequestUri!.Query.Contains("cursor=b%26c", StringComparison.Ordinal) ? """{"items":[3],"next":null}""" : """{"items":[1,2],"next":"b&c"}"""));
        var seen = new List<int>();

        await ProbeVerb.RunAsync("probe", async context =>
        {
            await foreach (var item in context.Admin.ItemsAsync<int>("things?limit=2", context.Cancel)) seen.Add(item);
            return 0;
        }, admin);

        Assert.Equal([1, 2, 3], seen);
    }

    [Fact]
    public async Task Token_ComesFromFlagThenVariableThenProfile()
    {
        using var directory = new TempDirectory();
        using var admin = new FakeAdmin(_ => FakeAdmin.Json("{}"));
        var terminal = new FakeTerminal { Variables = { ["TIDEGATE_PROFILE"] = directory.Combine("p.json") } };
        new ProfileFile(terminal).Write(Profile.Empty.With(new Uri("http://127.0.0.1:8081"), "remembered"));

        await ProbeVerb.RunAsync("probe", network: admin, terminal: terminal);
        terminal.Variables["TIDEGATE_TOKEN"] = "variable";
        await ProbeVerb.RunAsync("probe", network: admin, terminal: terminal);
        await ProbeVerb.RunAsync("probe --token flag", network: admin, terminal: terminal);

        Assert.Equal(["remembered", "variable", "flag"], admin.Asked.Select(asked => asked.Token));
    }

    [Fact]
    public async Task Token_OfTheProfile_IsNotSentToAnotherAddress()
    {
        using var directory = new TempDirectory();
        using var admin = new FakeAdmin(_ => FakeAdmin.Json("{}"));
        var terminal = new FakeTerminal { Variables = { ["TIDEGATE_PROFILE"] = directory.Combine("p.json") } };
        new ProfileFile(terminal).Write(Profile.Empty.With(new Uri("http://127.0.0.1:8081"), "remembered"));

        await ProbeVerb.RunAsync("probe --address http://elsewhere.example:8081", network: admin, terminal: terminal);

        Assert.Null(Assert.Single(admin.Asked).Token);
    }
}
