using System.Text.Json.Nodes;
using Tidegate.Cli;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Breakers;

/// <summary>Breakers held by hand, in a whole node: by verb and API, audited, and what calls see of it.</summary>
public sealed class BreakersModuleTests : IAsyncLifetime
{
    private const string Ask = """{"model":"fast","messages":[{"role":"user","content":"hi"}]}""";

    private const string Service = """
        apiVersion: tidegate/v1
        kind: Service
        metadata: { name: orders }
        spec: { destinations: [ { name: one, address: "http://127.0.0.1:9" } ] }
        """;

    private ModelNode _node = null!;

    public async ValueTask InitializeAsync()
    {
        _node = await ModelNode.StartAsync();
        await _node.ApplyAsync(Service);
    }

    public ValueTask DisposeAsync() => _node.DisposeAsync();

    [Fact]
    public async Task Open_TargetOfAModel_RefusesItsCalls_UntilItIsReleased()
    {
        var (code, opened) = await _node.RunAsync("breakers", "open", "house", "house/m", "--for", "30m", "-m", "their incident");

        Assert.Equal((ExitCode.Ok, ""), (code, opened.Errors));
        Assert.Matches("house +house/m#none +open +20[-0-9]+ [:0-9]+Z +their incident", opened.Output);
        Assert.Contains("All targets of the model are off for now", await ErrorAsync(), StringComparison.Ordinal);
        Assert.Contains("breaker held open: their incident", (await _node.RunAsync("status")).Terminal.Output, StringComparison.Ordinal);
        Assert.Contains("house/m#none", (await _node.RunAsync("breakers", "list", "--held")).Terminal.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("orders", (await _node.RunAsync("breakers", "list", "--held")).Terminal.Output, StringComparison.Ordinal);

        var (released, terminal) = await _node.RunAsync("breakers", "release", "house", "house/m#none");

        Assert.Equal((ExitCode.Ok, ""), (released, terminal.Errors));
        Assert.Null(await ErrorAsync());
        Assert.Contains("Nobody holds a breaker.", (await _node.RunAsync("breakers", "list", "--held")).Terminal.Errors, StringComparison.Ordinal);
        var trail = (await _node.RunAsync("audit", "list", "-o", "json")).Terminal.Output;
        Assert.Equal(
            ["breakers.hold|house: house/m|open for 30m: their incident", "breakers.release|house: house/m#none|"],
            JsonNode.Parse(trail)!.AsArray().Where(e => e!["action"]!.ToString().StartsWith("breakers", StringComparison.Ordinal)).Select(e => $"{e!["action"]}|{e["target"]}|{e["after"]}").Order());
    }

    [Fact]
    public async Task Close_DestinationOfAService_IsHeldClosed()
    {
        var (code, terminal) = await _node.RunAsync("breakers", "close", "orders", "one", "--for", "10m", "-m", "it is well", "-o", "json");

        Assert.Equal((ExitCode.Ok, ""), (code, terminal.Errors));
        var held = JsonNode.Parse(terminal.Output)![0]!;
        Assert.Equal(("orders", "one", "closed", "closed", "it is well"), ((string?)held["service"], (string?)held["destination"], (string?)held["breaker"], (string?)held["held"]!["position"], (string?)held["held"]!["reason"]));
    }

    [Theory]
    [InlineData("hous", "house/m", "house", ExitCode.NotFound)]
    [InlineData("house", "house/n", "house/m", ExitCode.NotFound)]
    [InlineData("orders", "house/m", "breakers list", ExitCode.NotFound)]
    public async Task Open_WhatIsNotThere_IsToldWithWhatIsNear(string service, string destination, string told, int expected)
    {
        var (code, terminal) = await _node.RunAsync("breakers", "open", service, destination, "--for", "30m", "-m", "x");

        Assert.Equal(expected, code);
        Assert.Contains(told, terminal.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("breakers.hold", (await _node.RunAsync("audit", "list", "-o", "json")).Terminal.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_WithoutSense_TellsAllThatIsWrong()
    {
        var (code, terminal) = await _node.RunAsync("breakers", "open", "house", "house/m", "--for", "8d", "-m", " ");

        Assert.NotEqual(ExitCode.Ok, code);
        Assert.Contains("'8d' is not a duration", terminal.Errors, StringComparison.Ordinal);
        Assert.Contains("A reason is needed", terminal.Errors, StringComparison.Ordinal);
        Assert.Null(await ErrorAsync());
    }

    // Null when the call was answered.
    private async Task<string?> ErrorAsync() => (string?)(await _node.CallAsync("/v1/chat/completions", Ask))["error"]?["message"];
}
