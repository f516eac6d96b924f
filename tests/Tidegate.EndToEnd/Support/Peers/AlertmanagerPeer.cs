using System.Net.Http.Json;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Tidegate.EndToEnd.Support.Processes;
using Tidegate.EndToEnd.Support.Tools;
using Tidegate.Tests.Support;

namespace Tidegate.EndToEnd.Support.Peers;

/// <summary>Debian's Alertmanager with a configuration of its own.</summary>
internal sealed class AlertmanagerPeer : IAsyncDisposable
{
    private readonly TempDirectory _directory;
    private readonly ChildProcess _process;
    private readonly HttpClient _http;

    private AlertmanagerPeer(TempDirectory directory, ChildProcess process, Uri address)
    {
        (_directory, _process, Address) = (directory, process, address);
        _http = new() { BaseAddress = new(address, "/api/v2/") };
    }

    /// <summary>Where it is.</summary>
    public Uri Address { get; }

    /// <summary>What it has said.</summary>
    public string Log => _process.Errors.Text;

    /// <summary>Starts one with a configuration file of this text.</summary>
    public static async Task<AlertmanagerPeer> StartAsync(string config)
    {
        var program = ExternalTool.Alertmanager.Require();
        var directory = new TempDirectory();
        var port = FreePort.Find();
        await File.WriteAllTextAsync(directory.Combine("alertmanager.yml"), config);
        var process = ChildProcess.Start(program,
        [
            $"--config.file={directory.Combine("alertmanager.yml")}", $"--storage.path={directory.Combine("data")}", $"--web.listen-address=127.0.0.1:{port}", "--cluster.listen-address=",
        ]);
        var peer = new AlertmanagerPeer(directory, process, new($"http://127.0.0.1:{port}"));
        await ReadyPage.AnswersAsync(peer._http, process, "Alertmanager");
        return peer;
    }

    /// <summary>Tells it of alerts.</summary>
    public async Task TellAsync(JsonArray alerts)
    {
        using var answer = await _http.PostAsJsonAsync("alerts", alerts, TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Alerts it has.</summary>
    public async Task<JsonArray> AlertsAsync() => (await _http.GetFromJsonAsync<JsonArray>("alerts", TestContext.Current.CancellationToken))!;

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (!_process.HasExited)
        {
            _process.Signal(PosixSignal.SIGTERM);
            await _process.ExitAsync(TimeSpan.FromSeconds(20));
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"--- alertmanager\n{Log}");
        await _process.DisposeAsync();
        _directory.Dispose();
    }
}
