using System.Net.Sockets;
using System.Text;
using Tidegate.EndToEnd.Support.Processes;
using Tidegate.EndToEnd.Support.Tools;
using Tidegate.Tests.Support;

namespace Tidegate.EndToEnd.Support.Peers;

/// <summary>
/// Debian's nginx serving files: <c>/files/{empty,small,10k,1m}.bin</c>, <c>/text.txt</c> (compressed when asked), <c>/moved</c> (302), <c>/made/NNN</c>
/// (that status), <c>/slow/...</c> (the files at 64 kB/s); everything else is its own 404.
/// </summary>
internal sealed class NginxPeer : IAsyncDisposable
{
    private readonly TempDirectory _directory;
    private readonly ChildProcess _process;

    private NginxPeer(TempDirectory directory, ChildProcess process, Uri address)
    {
        _directory = directory;
        _process = process;
        Address = address;
    }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>Sizes of the files, by name.</summary>
    public static IReadOnlyDictionary<string, int> Files { get; } = new Dictionary<string, int>(StringComparer.Ordinal)
    {
        ["empty.bin"] = 0, ["small.bin"] = 128, ["10k.bin"] = 10_000, ["1m.bin"] = 1_048_576,
    };

    /// <summary>What its access log says: one status per request that reached it.</summary>
    public async Task<StatusCounts> SeenAsync()
    {
        var counts = new StatusCounts();
        foreach (var line in await File.ReadAllLinesAsync(_directory.Combine("access.log"), TestContext.Current.CancellationToken)) counts.Add(int.Parse(line));
        return counts;
    }

    public static async Task<NginxPeer> StartAsync()
    {
        var nginx = ExternalTool.Nginx.Require();
        var directory = new TempDirectory();
        var port = FreePort.Find();
        Directory.CreateDirectory(directory.Combine("www/files"));
        var content = new byte[Files.Values.Max()];
        new Random(1).NextBytes(content);
        foreach (var (name, size) in Files) await File.WriteAllBytesAsync(directory.Combine($"www/files/{name}"), content[..size]);
        await File.WriteAllTextAsync(directory.Combine("www/text.txt"), string.Concat(Enumerable.Repeat("the tide comes in, the tide goes out\n", 500)));
        await File.WriteAllTextAsync(directory.Combine("nginx.conf"), Configuration(directory, port));

        var process = ChildProcess.Start(nginx, ["-p", directory.Path, "-c", directory.Combine("nginx.conf"), "-e", directory.Combine("error.log")]);
        await Eventually.IsTrueAsync(() => AcceptsAsync(port), TimeSpan.FromSeconds(10), "nginx listens");
        return new(directory, process, new($"http://127.0.0.1:{port}"));
    }

    public async ValueTask DisposeAsync()
    {
        // The workers are children of their own: only the master can end them.
        if (!_process.HasExited)
        {
            _process.Signal(System.Runtime.InteropServices.PosixSignal.SIGTERM);
            await _process.ExitAsync(TimeSpan.FromSeconds(10));
        }

        await _process.DisposeAsync();
        _directory.Dispose();
    }

    private static string Configuration(TempDirectory directory, int port)
    {
        var text = new StringBuilder();
        // As root, the workers would become a user who cannot read our files.
        if (Environment.UserName == "root") text.AppendLine("user root;");
        return text.Append($$"""
            daemon off;
            worker_processes 1;
            pid {{directory}}/nginx.pid;
            error_log {{directory}}/error.log;
            events { worker_connections 2048; }
            http {
              log_format status '$status';
              access_log {{directory}}/access.log status;
              client_body_temp_path {{directory}}/body; proxy_temp_path {{directory}}/proxy; fastcgi_temp_path {{directory}}/fastcgi;
              uwsgi_temp_path {{directory}}/uwsgi; scgi_temp_path {{directory}}/scgi;
              types { text/plain txt; application/octet-stream bin; }
              gzip on; gzip_types text/plain; gzip_proxied any; gzip_min_length 100;
              server {
                listen 127.0.0.1:{{port}} backlog=1024;
                root {{directory}}/www;
                location = /moved { return 302 /files/small.bin; }
                location ~ ^/made/(?<wanted>200|201|400|403|410|429|500|501)$ {
                  if ($wanted = 200) { return 200 "made\n"; }
                  if ($wanted = 201) { return 201 "made\n"; }
                  if ($wanted = 400) { return 400 "made\n"; }
                  if ($wanted = 403) { return 403 "made\n"; }
                  if ($wanted = 410) { return 410 "made\n"; }
                  if ($wanted = 429) { return 429 "made\n"; }
                  if ($wanted = 500) { return 500 "made\n"; }
                  return 501 "made\n";
                }
                location /slow/ { alias {{directory}}/www/files/; limit_rate 64k; }
              }
            }
            """).ToString();
    }

    private static async Task<bool> AcceptsAsync(int port)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync("127.0.0.1", port, TestContext.Current.CancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
