using System.Text.Json.Nodes;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Insight.PostMortems;

/// <summary>Post-mortems in a whole node, by its verbs.</summary>
public sealed class PostMortemEndpointTests : IAsyncLifetime
{
    private ModelNode _node = null!;

    public async ValueTask InitializeAsync()
    {
        _node = await ModelNode.StartAsync();
        await _node.RunAsync("incidents", "open", "orders fail");
    }

    public ValueTask DisposeAsync() => _node.DisposeAsync();

    [Fact]
    public async Task Verbs_FromRequiredToWritten_SayHowItStands()
    {
        Assert.Contains("No post-mortem is due.", await SayAsync("list"), StringComparison.Ordinal);
        Assert.Equal("The post-mortem of inc_1 is mandatory (data was lost); due: no text, no P0 action item.\n", await SayAsync("require", "inc_1", "-m", "data was lost"));
        Assert.Contains("due: no text, no P0 action item", await SayAsync("list"), StringComparison.Ordinal);

        var (code, terminal) = await _node.RunAsync("postmortems", "write", "inc_1", "There was one copy.");
        Assert.Equal(6, code);
        Assert.Contains("It is mandatory (data was lost)", terminal.Errors, StringComparison.Ordinal);
        Assert.Contains("tidegate postmortems action inc_1", terminal.Errors, StringComparison.Ordinal);

        Assert.Equal("Action item 1 of inc_1, P0: keep two copies (ada, until 2026-12-10).\n", await SayAsync("action", "inc_1", "keep two copies", "--priority", "p0", "--owner", "ada", "--due", "2026-12-10"));
        Assert.Equal("Action item 2 of inc_1, P2: say so (nobody yet).\n", await SayAsync("action", "inc_1", "say so"));
        var written = await _node.RunWithAsync("There was *one* copy.", "postmortems", "write", "inc_1", "-");
        Assert.Matches("^The post-mortem of inc_1 is written .*Z by admin", written.Terminal.Output);

        var shown = JsonNode.Parse((await _node.RunAsync("postmortems", "show", "inc_1", "-o", "json")).Terminal.Output)!;
        Assert.Equal(("There was *one* copy.", false, "p0", "2026-12-10"), ((string)shown["text"]!, (bool)shown["isDue"]!, (string)shown["actions"]![0]!["priority"]!, (string)shown["actions"]![0]!["due"]!));
        Assert.Contains("keep two copies (ada, until 2026-12-10)", await SayAsync("show", "inc_1"), StringComparison.Ordinal);
        Assert.Contains("No post-mortem is due.", await SayAsync("list"), StringComparison.Ordinal);
        Assert.Contains("orders fail", await SayAsync("list", "--all"), StringComparison.Ordinal);
        Assert.Contains("postmortems.written", (await _node.RunAsync("incidents", "show", "inc_1")).Terminal.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatIsNotThere_IsNamedWithWhatToDo()
    {
        var begun = await _node.RunAsync("postmortems", "show", "inc_1");
        Assert.Equal(7, begun.Code);
        Assert.Contains("There is no post-mortem of inc_1.", begun.Terminal.Errors, StringComparison.Ordinal);
        var none = await _node.RunAsync("postmortems", "action", "inc_9", "x");
        Assert.Equal(7, none.Code);
        Assert.Contains("There is no incident inc_9.", none.Terminal.Errors, StringComparison.Ordinal);
        Assert.Equal(6, (await _node.RunAsync("postmortems", "write", "inc_1", " ")).Code);
        Assert.Equal(2, (await _node.RunAsync("postmortems", "action", "inc_1", "x", "--priority", "p9")).Code);
        Assert.Equal(2, (await _node.RunAsync("postmortems", "action", "inc_1", "x", "--due", "10.12.2026")).Code); // October, elsewhere
    }

    private async Task<string> SayAsync(params string[] arguments)
    {
        var (code, terminal) = await _node.RunAsync(["postmortems", .. arguments]);
        Assert.Equal(0, code);
        return terminal.Output + terminal.Errors;
    }
}
