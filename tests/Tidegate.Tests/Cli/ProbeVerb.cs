using System.Text.Json.Nodes;
using Tidegate.Cli;

namespace Tidegate.Tests.Cli;

/// <summary>A verb for tests: does what it is given.</summary>
internal sealed class ProbeVerb(Func<VerbContext, Task<int>>? run = null) : AdminVerb("probe", "Ask something.")
{
    public static async Task<(int Code, FakeTerminal Terminal)> RunAsync(
        string arguments, Func<VerbContext, Task<int>>? run = null, HttpMessageHandler? network = null, FakeTerminal? terminal = null)
    {
        terminal ??= new FakeTerminal();
        var line = new CommandLine(terminal, network ?? new FakeAdmin(_ => FakeAdmin.Json("{}")), TimeProvider.System, [new VerbGroup("Test", [new ProbeVerb(run)])]);
        var code = await line.RunAsync(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries), TestContext.Current.CancellationToken);
        return (code, terminal);
    }

    public override async Task<int> RunAsync(VerbContext context)
    {
        if (run is not null) return await run(context);
        context.Show(await context.Admin.GetAsync<JsonNode>("probe", context.Cancel), (screen, _) => { });
        return ExitCode.Ok;
    }
}
