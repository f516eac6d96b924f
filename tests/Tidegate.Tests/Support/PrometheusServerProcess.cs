using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Tidegate.Tests.Support;

/// <summary>A real Prometheus from Debian's package with a past that was written for it: what it had scraped, had it been there. Its shell ends it when this process ends, however it ends.</summary>
internal sealed class PrometheusServerProcess : IAsyncDisposable
{
    private const string Program = "/usr/bin/prometheus";
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private readonly TempDirectory _directory = new();
    private readonly HttpClient _http = new();
    private readonly int _port = FreePort.Find();
    private Process? _process;

    private PrometheusServerProcess()
    {
    }

    /// <summary>Where it is.</summary>
    public Uri Address => new($"http://127.0.0.1:{_port}");

    /// <summary>Starts one with samples in the OpenMetrics format, oldest first.</summary>
    public static async Task<PrometheusServerProcess> StartAsync(string openMetrics)
    {
        if (!File.Exists(Program)) Assert.Skip($"needs Prometheus ({Program}, Debian package prometheus)");
        var server = new PrometheusServerProcess();
        await File.WriteAllTextAsync(server._directory.Combine("past.txt"), openMetrics);
        var (content, said) = await Promtool.RunAsync("tsdb", "create-blocks-from", "openmetrics", "--max-block-duration=720h", server._directory.Combine("past.txt"), server._directory.Combine("data"));
        Assert.True(content, said);
        await File.WriteAllTextAsync(server._directory.Combine("prometheus.yml"), "global: {}\n");
        await server.StartAsync();
        return server;
    }

    /// <summary>Starts it, again after <see cref="StopAsync"/> on the same port.</summary>
    public async Task StartAsync()
    {
        var command = $"{Program} --config.file={_directory.Combine("prometheus.yml")} --storage.tsdb.path={_directory.Combine("data")} --storage.tsdb.retention.time=100y --web.listen-address=127.0.0.1:{_port}";
        var script = $"exec 3<&0; {command} 3<&- >>{_directory.Combine("log")} 2>&1 & pid=$!; {{ cat <&3 >/dev/null; kill -KILL $pid; }} & watch=$!; wait $pid; kill $watch 2>/dev/null";
        _process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", script]) { RedirectStandardInput = true })!;
        var began = Stopwatch.GetTimestamp();
        while (!await IsReadyAsync())
        {
            if (_process.HasExited || Stopwatch.GetElapsedTime(began) > StartLimit) Assert.Fail($"Prometheus does not start:\n{await File.ReadAllTextAsync(_directory.Combine("log"))}");
            await Task.Delay(50);
        }
    }

    /// <summary>Kills it.</summary>
    public async Task StopAsync()
    {
        if (_process is not { } process) return;
        _process = null;
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    /// <summary>Samples of a metric: values by time.</summary>
    public static void Write(StringBuilder text, string labels, string name, IEnumerable<(DateTimeOffset At, double Value)> samples)
    {
        foreach (var (at, value) in samples) text.Append(CultureInfo.InvariantCulture, $"{name}{{{labels}}} {value} {at.ToUnixTimeMilliseconds() / 1000d:0.000}\n");
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _http.Dispose();
        _directory.Dispose();
    }

    private async Task<bool> IsReadyAsync()
    {
        try
        {
            using var answer = await _http.GetAsync(new Uri(Address, "/-/ready"));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
