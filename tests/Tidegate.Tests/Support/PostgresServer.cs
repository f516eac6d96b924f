using System.Diagnostics;
using Npgsql;

[assembly: AssemblyFixture(typeof(Tidegate.Tests.Support.PostgresServer))]

namespace Tidegate.Tests.Support;

/// <summary>
/// A real PostgreSQL from Debian's binaries, private to this test run: own directory, loopback, free port. Started by the first test that asks for
/// a database. Its shell ends it when this process ends, however it ends.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private const string Binaries = "/usr/lib/postgresql/15/bin";
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private readonly SemaphoreSlim _gate = new(1);
    private readonly string _directory = Path.Combine(Path.GetTempPath(), $"tidegate-pg-{Guid.NewGuid():N}");
    private Process? _process;
    private int _port;
    private int _databases;

    /// <summary>Skips the test when the machine has no PostgreSQL.</summary>
    public static void Require()
    {
        if (!File.Exists(Path.Combine(Binaries, "initdb"))) Assert.Skip($"needs PostgreSQL 15 ({Binaries}, Debian package postgresql-15)");
    }

    /// <summary>A new empty database; the connection string has no password (trust on loopback).</summary>
    public async Task<string> NewDatabaseAsync()
    {
        Require();
        await StartAsync();
        var name = $"test_{Interlocked.Increment(ref _databases)}";
        await ExecuteAsync("postgres", $"CREATE DATABASE {name}");
        return ConnectionString(name);
    }

    /// <summary>Starts it again after <see cref="StopAsync"/>, on the same port.</summary>
    public async Task StartAsync()
    {
        await _gate.WaitAsync();
        try
        {
            if (_process is { HasExited: false }) return;
            var first = _port == 0;
            if (first) await InitialiseAsync();
            await LaunchAsync(anyPort: first);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Stops it at once, as a crash would: connections are cut.</summary>
    public async Task StopAsync()
    {
        if (_process is not { } process) return;
        _process = null;
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        if (Directory.Exists(_directory)) Directory.Delete(_directory, recursive: true);
        _gate.Dispose();
    }

    private string ConnectionString(string database) =>
        $"Host=127.0.0.1;Port={_port};Username=postgres;Database={database};Timeout=30;Include Error Detail=true";

    private async Task InitialiseAsync()
    {
        Directory.CreateDirectory(_directory);
        if (Environment.UserName == "root") await RunAsync("chown", "postgres", _directory);
        await RunAsync([.. AsServer, $"{Binaries}/initdb", "-D", $"{_directory}/data", "-U", "postgres", "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C"]);
    }

    private async Task LaunchAsync(bool anyPort)
    {
        var began = Stopwatch.GetTimestamp();
        do
        {
            // Between our look and the start somebody else may have taken the port; the server ends then, and another one is tried.
            if (anyPort) _port = FreePort.Find();
            _process = Launch();
            while (!_process.HasExited)
            {
                if (await IsOursAsync()) return;
                if (Stopwatch.GetElapsedTime(began) > StartLimit) break;
                await Task.Delay(100);
            }

            await StopAsync();
        }
        while (Stopwatch.GetElapsedTime(began) < StartLimit);
        throw new InvalidOperationException($"PostgreSQL does not start on port {_port}:\n{await File.ReadAllTextAsync(Path.Combine(_directory, "log"))}");
    }

    private Process Launch()
    {
        // fsync off: what is tested is our side of the promise, and the machine of a test run may have a slow disk.
        var server = $"{Binaries}/postgres -D {_directory}/data -p {_port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off -c max_connections=200";
        // SIGQUIT: immediate shutdown. The end of input is the end of this process, also when it was killed. The shell ends with the server.
        var script = $"exec 3<&0; {server} 3<&- >>{_directory}/log 2>&1 & pid=$!; {{ cat <&3 >/dev/null; kill -QUIT $pid; }} & watch=$!; wait $pid; kill $watch 2>/dev/null";
        string[] command = [.. AsServer, "/bin/sh", "-c", script];
        return Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardInput = true })!;
    }

    /// <summary>Whether the server that answers is this one, not another that was given the same port.</summary>
    private async Task<bool> IsOursAsync()
    {
        try
        {
            return await ExecuteAsync("postgres", "SHOW data_directory") is string directory && directory == $"{_directory}/data";
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    private async Task<object?> ExecuteAsync(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString(database) + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    // The server refuses to run as root.
    private static string[] AsServer => Environment.UserName == "root" ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"] : ["env"];

    private static async Task RunAsync(params string[] command)
    {
        using var process = Process.Start(new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetTempPath(),
        })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{string.Join(' ', command)} ended with {process.ExitCode}: {await output} {errors}");
    }
}
