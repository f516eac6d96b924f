using Tidegate.Cli;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Cli;

public sealed class CommandLineTests
{
    [Fact]
    public async Task RunAsync_MistypedVerb_SuggestsTheRightOne()
    {
        var (code, terminal) = await ProbeVerb.RunAsync("prob --token x");

        Assert.Equal(ExitCode.Usage, code);
        Assert.Equal("error: There is no verb 'tidegate prob'.\nDid you mean 'probe'?\n'tidegate --help' shows what is possible.\n", terminal.Errors);
        Assert.Empty(terminal.Output);
    }

    [Fact]
    public async Task RunAsync_NoVerb_ShowsHelpOnStandardErrorAndFails()
    {
        var (code, terminal) = await ProbeVerb.RunAsync("");

        Assert.Equal(ExitCode.Usage, code);
        Assert.Contains("probe  Ask something.", terminal.Errors);
    }

    [Fact]
    public async Task RunAsync_Help_IsAnAnswer()
    {
        var (code, terminal) = await ProbeVerb.RunAsync("probe --help");

        Assert.Equal(ExitCode.Ok, code);
        Assert.Contains("Usage: tidegate probe [options]", terminal.Output);
        Assert.Empty(terminal.Errors);
    }

    [Theory]
    [InlineData("probe --output xml", "--output: 'xml' is not one of table, json, yaml.")]
    [InlineData("probe --output 1", "--output: '1' is not one of table, json, yaml.")]
    [InlineData("probe --address localhost:8081", "--address: 'localhost:8081' is not an http or https address")]
    public async Task RunAsync_BadValue_NamesTheFlagAndWhatIsLegal(string arguments, string expected)
    {
        var (code, terminal) = await ProbeVerb.RunAsync(arguments);

        Assert.Equal(ExitCode.Usage, code);
        Assert.Contains(expected, terminal.Errors);
    }

    [Fact]
    public async Task RunAsync_VerbFailure_ShowsMessageDetailsAndAction()
    {
        var (code, terminal) = await ProbeVerb.RunAsync("probe", _ => throw new VerbFailure(ExitCode.Conflict, "Too late.") { Details = ["a", "b"], Action = "Try again." });

        Assert.Equal(ExitCode.Conflict, code);
        Assert.Equal("error: Too late.\n  a\n  b\nTry again.\n", terminal.Errors);
    }

    [Fact]
    public async Task RunAsync_MessageOfSeveralLines_IsShownAsLinesAndOtherControlsEscaped()
    {
        var (_, terminal) = await ProbeVerb.RunAsync(
            "probe", _ => throw new VerbFailure(ExitCode.Failed, "One.\r\n\tTwo\u001b[31m.\n") { Details = ["a\nb"], Action = "Do\nthis." });

        Assert.Equal("error: One.\n  Two\\u001b[31m.\n  a\n    b\nDo\n  this.\n", terminal.Errors);
    }

    [Fact]
    public async Task RunAsync_Unexpected_ShowsNoStackTrace()
    {
        var (code, terminal) = await ProbeVerb.RunAsync("probe", _ => throw new InvalidOperationException("boom"));

        Assert.Equal(ExitCode.Failed, code);
        Assert.StartsWith("error: Unexpected InvalidOperationException: boom\n", terminal.Errors);
        Assert.DoesNotContain("   at ", terminal.Errors);
    }

    [Fact]
    public async Task RunAsync_EscapeSequencesFromOutside_AreShownNotObeyed()
    {
        var (_, terminal) = await ProbeVerb.RunAsync("probe", context =>
        {
            context.ShowList(["\u001b[2Jwiped"], "none", new Column<string>("PATH", path => path));
            throw new VerbFailure(ExitCode.Failed, "\u001b]0;title\u0007");
        });

        Assert.Contains("\\u001b[2Jwiped", terminal.Output);
        Assert.DoesNotContain('\u001b', terminal.Output + terminal.Errors);
    }

    [Fact]
    public async Task Completion_IsAskedOfTheProgramItself()
    {
        var (code, terminal) = await RunAll(["[suggest:13]", "tidegate logi"]);

        Assert.Equal(ExitCode.Ok, code);
        Assert.Equal("login\n", terminal.Output.ReplaceLineEndings("\n").TrimEnd() + "\n");
    }

    [Theory]
    [InlineData("bash", "complete -o default -F _tidegate tidegate")]
    [InlineData("zsh", "#compdef tidegate")]
    [InlineData("fish", "complete -f -c tidegate")]
    public async Task Completion_WritesAScriptPerShell(string shell, string expected)
    {
        var (code, terminal) = await RunAll(["completion", shell]);

        Assert.Equal(ExitCode.Ok, code);
        Assert.Contains(expected, terminal.Output);
    }

    [Theory]
    [InlineData("calls --bogus", "error: There is no option '--bogus'.")]
    [InlineData("status --bogus", "error: There is no option '--bogus'.")]
    [InlineData("calls bogus", "error: There is no verb 'tidegate calls bogus'.")]
    [InlineData("calls --limit many", "error: --limit: 'many' is not a number.")]
    [InlineData("slo push x --at yesterday", "error: --at: 'yesterday' is not a time such as 2026-03-02T09:00Z.")]
    [InlineData("incidents open x --since 25:00", "error: --since: '25:00' is not a time such as 2026-03-02T09:00Z.")]
    [InlineData("slo push x --key schlüssel", "error: --key: An idempotency key is 1 to 200 characters of ASCII")]
    [InlineData("rollback abc", "error: 'abc' is not a revision number; 'tidegate revisions' lists them.")]
    [InlineData("rollback", "error: REVISION is missing: Revision whose document is to be in force again.")]
    [InlineData("calls show", "error: ID is missing: Id of the call")]
    public async Task RunAsync_Mistyped_NamesWhatWasTypedAndNoTypes(string arguments, string expected)
    {
        var (code, terminal) = await RunAll(arguments.Split(' '));

        Assert.Equal(ExitCode.Usage, code);
        Assert.StartsWith(expected, terminal.Errors);
        Assert.DoesNotContain("System.", terminal.Errors);
    }

    [Fact]
    public void ExitCodes_AreAllListedOnce()
    {
        var constants = typeof(ExitCode).GetFields().Where(field => field.IsLiteral).Select(field => (int)field.GetRawConstantValue()!).Order().ToList();

        Assert.NotEmpty(constants);
        Assert.Equal(constants, ExitCode.All.Select(exit => exit.Code).Order());
        Assert.Equal(constants.Count, constants.Distinct().Count());
    }

    [Fact]
    public void ExitCodes_AreThoseOfTheGuide()
    {
        var guide = File.ReadAllText(Path.Combine(Repository.Root, "docs", "guides", "cli.md"));

        Assert.All(ExitCode.All, exit => Assert.Contains($"| {exit.Code} | {exit.Meaning} |", guide));
    }

    private static async Task<(int Code, FakeTerminal Terminal)> RunAll(string[] arguments)
    {
        var terminal = new FakeTerminal();
        var line = new CommandLine(terminal, new FakeAdmin(_ => FakeAdmin.Json("{}")), TimeProvider.System, Tidegate.Verbs.VerbList.Groups);
        return (await line.RunAsync(arguments, TestContext.Current.CancellationToken), terminal);
    }
}
