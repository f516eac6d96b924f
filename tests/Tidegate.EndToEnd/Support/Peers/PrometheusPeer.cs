using System.Globalization;
using System.Net.Http.Json;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Tidegate.EndToEnd.Support.Processes;
using Tidegate.EndToEnd.Support.Tools;
using Tidegate.Tests.Support;

namespace Tidegate.EndToEnd.Support.Peers;

/// <summary>Debian's Prometheus with a configuration of its own, scraping one program every second.</summary>
internal sealed class PrometheusPeer : IAsyncDisposable
{
    private readonly TempDirectory _directory;
    private readonly ChildProcess _process;
    private readonly HttpClient _http;

    private PrometheusPeer(TempDirectory directory, ChildProcess process, Uri address)
    {
        _directory = directory;
        _process = process;
        _http = new() { BaseAddress = new(address, "/api/v1/") };
    }

    /// <summary>Where it is.</summary>
    public Uri Address => new(_http.BaseAddress!, "/");

    /// <summary>Starts one that scrapes <c>/metrics</c> of an admin address with a token.</summary>
    public static Task<PrometheusPeer> StartAsync(Uri admin, string token) => StartAsync(admin, token, rules: null);

    /// <summary>Starts one that scrapes <c>/metrics</c> of anything.</summary>
    public static Task<PrometheusPeer> StartAsync(Uri target) => StartAsync(target, token: null, rules: null);

    /// <summary>Starts one that has rules, too, and takes the admin address for its Alertmanager.</summary>
    public static async Task<PrometheusPeer> StartAsync(Uri admin, string? token, string? rules)
    {
        var prometheus = ExternalTool.Prometheus.Require();
        var directory = new TempDirectory();
        var port = FreePort.Find();
        await File.WriteAllTextAsync(directory.Combine("prometheus.yml"), $$"""
            global: { scrape_interval: 1s, scrape_timeout: 1s }
            scrape_configs:
              - job_name: tidegate
                {{(token is null ? "honor_timestamps: false" : $"authorization: {{ credentials: \"{token}\" }}")}}
                static_configs: [ { targets: [ "{{admin.Authority}}" ] } ]
            """);
        if (rules is not null)
        {
            await File.WriteAllTextAsync(directory.Combine("rules.yml"), rules);
            await File.AppendAllTextAsync(directory.Combine("prometheus.yml"), $$"""

                rule_files: [ rules.yml ]
                alerting:
                  alertmanagers:
                    - authorization: { credentials: "{{token}}" }
                      static_configs: [ { targets: [ "{{admin.Authority}}" ] } ]
                """);
        }

        var process = ChildProcess.Start(prometheus,
        [
            $"--config.file={directory.Combine("prometheus.yml")}", $"--storage.tsdb.path={directory.Combine("data")}", $"--web.listen-address=127.0.0.1:{port}", "--rules.alert.resend-delay=1s",
        ]);
        var peer = new PrometheusPeer(directory, process, new($"http://127.0.0.1:{port}"));
        await ReadyPage.AnswersAsync(peer._http, process, "Prometheus");
        return peer;
    }

    /// <summary>Has other rules from now on.</summary>
    public async Task UseAsync(string rules)
    {
        await File.WriteAllTextAsync(_directory.Combine("rules.yml"), rules);
        _process.Signal(PosixSignal.SIGHUP);
    }

    /// <summary>Health of its one target: <c>up</c>, or the reason why not; null before the first scrape.</summary>
    public async Task<string?> TargetAsync()
    {
        var target = (await GetAsync("targets"))?["activeTargets"]?.AsArray().FirstOrDefault();
        return (string?)target?["health"] switch { "up" => "up", "down" => (string?)target["lastError"], _ => null };
    }

    /// <summary>An instant query whose answer is one number; null when there is no such series.</summary>
    public async Task<double?> ValueAsync(string query) =>
        (string?)(await GetAsync($"query?query={Uri.EscapeDataString(query)}"))?["result"]?.AsArray().SingleOrDefault()?["value"]?[1] is { } number
            ? double.Parse(number, CultureInfo.InvariantCulture)
            : null;

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (!_process.HasExited)
        {
            _process.Signal(PosixSignal.SIGTERM);
            await _process.ExitAsync(TimeSpan.FromSeconds(20));
        }

        await _process.DisposeAsync();
        _directory.Dispose();
    }

    private async Task<JsonNode?> GetAsync(string path) => (await _http.GetFromJsonAsync<JsonNode>(path, TestContext.Current.CancellationToken))?["data"];
}
