using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Tidegate.Cli;
using Tidegate.Hosting;
using Tidegate.Insight.CallLog.Segments;
using Tidegate.Platform.Security;
using Tidegate.Tests.Cli;
using Tidegate.Tests.Gateway.Models.Support;
using Tidegate.Tests.Hosting;
using Tidegate.Verbs;

namespace Tidegate.Tests.Support;

/// <summary>A whole node with a provider behind it, asked by its verbs and its traffic port.</summary>
internal sealed class ModelNode : IAsyncDisposable
{
    private readonly TempDirectory _directory = new();
    private Node _node;
    private readonly ChatUpstream _upstream;
    private HttpClient _http = new();
    private string _token = "";

    private ModelNode(ChatUpstream upstream)
    {
        _upstream = upstream;
        _node = Node.Build(TestNode.Options(_directory.Path), Modules.All, TimeProvider.System);
    }

    /// <summary>Address of the admin port.</summary>
    public Uri Admin => _node.Admin;

    /// <summary>Address of the traffic port.</summary>
    public Uri Traffic => _node.Traffic[0];

    /// <summary>Token of the first admin.</summary>
    public string Token => _token;

    /// <summary>What the provider was told.</summary>
    public IReadOnlyList<string> Told => _upstream.Bodies;

    public static async Task<ModelNode> StartAsync()
    {
        var node = new ModelNode(await ChatUpstream.StartAsync(ChatUpstream.Says("ok", input: 20, output: 2)));
        await node.BeginAsync();
        node._http.BaseAddress = node._node.Traffic[0];
        node._token = node._node.Services.GetRequiredService<FirstLogin>().Take()!.Token;
        return node;
    }

    /// <summary>A part of the node.</summary>
    public T Part<T>()
        where T : notnull => _node.Services.GetRequiredService<T>();

    /// <summary>Stops it, and starts it anew on what it left.</summary>
    public async Task RestartAsync()
    {
        await _node.StopAsync();
        await _node.DisposeAsync();
        _node = Node.Build(TestNode.Options(_directory.Path), Modules.All, TimeProvider.System);
        await BeginAsync();
        _http.Dispose();
        _http = new HttpClient { BaseAddress = _node.Traffic[0] };
    }

    // Traffic does not wait for the call log, but whoever asks it here must not come before it is open.
    private async Task BeginAsync()
    {
        await _node.StartAsync(TestContext.Current.CancellationToken);
        var log = _node.Services.GetRequiredService<SegmentArchive>();
        while (!log.IsOpen) await Task.Delay(5, TestContext.Current.CancellationToken);
    }

    /// <summary>Provider, model, a route open to anybody, and these objects beside them, in force.</summary>
    public async Task ApplyAsync(string objects)
    {
        var (code, terminal) = await RunWithAsync($"""
            apiVersion: tidegate/v1
            kind: Provider
            metadata: {"{"} name: house {"}"}
            spec: {"{"} vendor: openai-compatible, address: "{_upstream.Address}v1" {"}"}
            ---
            apiVersion: tidegate/v1
            kind: Model
            metadata: {"{"} name: fast {"}"}
            spec: {"{"} targets: [ {"{"} provider: house, model: m {"}"} ] {"}"}
            ---
            apiVersion: tidegate/v1
            kind: Route
            metadata: {"{"} name: models {"}"}
            spec: {"{"} match: {"{"} path: "/v1/{"{"}**rest{"}"}" {"}"}, models: {"{"}{"}"}, identify: {"{"} anonymous: true {"}"} {"}"}
            ---
            {objects}
            """, "apply", "-");
        Assert.Equal((ExitCode.Ok, ""), (code, terminal.Errors));
    }

    /// <summary>Runs a verb.</summary>
    public Task<(int Code, FakeTerminal Terminal)> RunAsync(params string[] words) => RunWithAsync("", words);

    /// <summary>Runs a verb with something on standard input.</summary>
    public Task<(int Code, FakeTerminal Terminal)> RunWithAsync(string input, params string[] words) => RunAsAsync(_token, input, words);

    /// <summary>Runs a verb with a token of its own.</summary>
    public async Task<(int Code, FakeTerminal Terminal)> RunAsAsync(string token, string input, params string[] words)
    {
        var terminal = new FakeTerminal { Columns = 200, Variables = { ["TIDEGATE_ADDRESS"] = _node.Admin.GetLeftPart(UriPartial.Authority), ["TIDEGATE_TOKEN"] = token }, In = new StringReader(input) };
        using var network = Network.Handler();
        return (await new CommandLine(terminal, network, TimeProvider.System, VerbList.Groups).RunAsync(words, TestContext.Current.CancellationToken), terminal);
    }

    /// <summary>Sends JSON to the traffic port.</summary>
    public async Task<JsonNode> CallAsync(string path, string values)
    {
        using var answer = await _http.PostAsync(path, new StringContent(values, Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _node.StopAsync();
        await _node.DisposeAsync();
        await _upstream.DisposeAsync();
        _directory.Dispose();
    }
}
