using Tidegate.Cli;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Verbs;

/// <summary>Words that are mistyped, and verbs of people in a hurry, against a real node: what is wrong, which word, what to do.</summary>
public sealed class WrongWordsTests : IAsyncLifetime
{
    private ModelNode _node = null!;

    public async ValueTask InitializeAsync() => _node = await ModelNode.StartAsync();

    public ValueTask DisposeAsync() => _node.DisposeAsync();

    [Fact]
    public async Task Verbs_WordThatIsNone_NameItAndWhatIsLegal()
    {
        await _node.ApplyAsync("{apiVersion: tidegate/v1, kind: Consumer, metadata: {name: shop}}");

        await AssertAsync(ExitCode.NotFound, ["There is no kind rout.", "Did you mean \"Route\"? Kinds are Service, Route, "], "get", "rout");
        await AssertAsync(ExitCode.NotFound, ["There is no kind nope.", "Kinds are Service, Route, "], "get", "nope/shop");
        await AssertAsync(ExitCode.Ok, ["There is no slo in the configuration."], "get", "slo");
        await AssertAsync(ExitCode.Usage, ["--severity: 'sev9' is not one of sev1, sev2, sev3, sev4."], "incidents", "open", "x", "--severity", "sev9");
        await AssertAsync(ExitCode.Usage, ["2 settings are wrong.", "--upstream: 'not-a-url' is not an address", "--calls-days: '0'"], "serve", "--upstream", "not-a-url", "--calls-days", "0");
        await AssertAsync(ExitCode.Usage, ["'tcsh' is not one of bash, zsh, fish."], "completion", "tcsh");
        await AssertAsync(ExitCode.Usage, ["The patch is not JSON: 'b' is an invalid start of a property name. Expected a '\"'.\nWrite it in single quotes"], "overlay", "create", "Consumer/shop", "{bad", "--for", "1h", "-m", "x");
        await AssertAsync(ExitCode.Invalid, ["Consumer/shop: The patch says nothing"], "overlay", "create", "Consumer/shop", "{}", "--for", "1h", "-m", "x");
        await AssertAsync(ExitCode.NotFound, ["There is no token t_none.", "'tidegate tokens list' shows them."], "tokens", "revoke", "t_none");
    }

    // A random password of 20 letters has most letters of the alphabet in it.
    [Fact]
    public async Task UsersAdd_NameOfOneLetter_IsNotRefusedForTheRandomPassword()
    {
        foreach (var name in "abcdefgh") Assert.Equal((ExitCode.Ok, true), await _node.RunAsync("users", "add", $"{name}") is var (code, terminal) ? (code, terminal.Output.Length > 12) : default);
    }

    private async Task AssertAsync(int code, string[] said, params string[] words)
    {
        var (ended, terminal) = await _node.RunAsync(words);
        Assert.All(said, s => Assert.Contains(s, terminal.Errors, StringComparison.Ordinal));
        Assert.Equal(code, ended);
    }
}
