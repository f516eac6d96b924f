using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Tidegate.EndToEnd.Support.Processes;
using Tidegate.EndToEnd.Support.Tools;

namespace Tidegate.EndToEnd.Support;

/// <summary>The built program, started as a user starts it. What it says on its start is all a test knows of it.</summary>
internal sealed partial class TidegateProcess : IAsyncDisposable
{
    // No promise, only an end: a start takes three seconds of a processor, of which a machine with other work to do may give it little.
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(120);
    private readonly ChildProcess _process;

    private TidegateProcess(ChildProcess process, TidegateSetup setup)
    {
        _process = process;
        Setup = setup;
    }

    /// <summary>The executable of this build.</summary>
    public static string Executable { get; } = FindExecutable();

    /// <summary>
    /// What it was started with, with the token it told: a second start on it is the same node again, on other free ports. A port of a process that ended is anybody's: a
    /// connection going out may have it before the next start asks for it.
    /// </summary>
    public TidegateSetup Setup { get; private set; }

    /// <summary>First traffic address.</summary>
    public Uri Traffic { get; private set; } = null!;

    /// <summary>Admin address.</summary>
    public Uri Admin { get; private set; } = null!;

    /// <summary>The token that was printed once.</summary>
    public string Token => Setup.Token ?? throw new InvalidOperationException($"no token was printed:\n{Output}");

    /// <summary>The admin API, with the token.</summary>
    public AdminApi Api { get; private set; } = null!;

    /// <summary>Standard output so far.</summary>
    public string Output => _process.Output.Text;

    /// <summary>Standard error so far: the log.</summary>
    public string Log => _process.Errors.Text;

    /// <summary>Process id.</summary>
    public int Id => _process.Id;

    /// <summary>The operating system's view of it.</summary>
    public ChildProcess Process => _process;

    /// <summary>Starts a node and waits until it wants traffic.</summary>
    public static async Task<TidegateProcess> ServeAsync(TidegateSetup setup)
    {
        var node = await StartAsync(setup);
        await node.ReadyAsync();
        return node;
    }

    /// <summary>Starts a node and waits until it has said where it is; it may have no configuration.</summary>
    public static async Task<TidegateProcess> StartAsync(TidegateSetup setup)
    {
        var node = new TidegateProcess(ChildProcess.Start(Executable, setup.Arguments, Environment(setup.Variables), setup.Data), setup);
        try
        {
            await node.ReadAnnouncementAsync();
            return node;
        }
        catch (InvalidOperationException ended)
        {
            var code = await node.Process.ExitAsync(StartLimit);
            var log = node.Log;
            await node.DisposeAsync();
            throw new InvalidOperationException($"{ended.Message}\nexit code {code}\n{log}", ended);
        }
        catch
        {
            await node.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs any verb to its end, without a node.</summary>
    public static Task<ToolRun> RunAsync(IEnumerable<string> arguments, IReadOnlyDictionary<string, string?>? variables = null, string? directory = null) =>
        ToolRun.OfAsync(Executable, arguments, TimeSpan.FromSeconds(60), Environment(variables ?? new Dictionary<string, string?>()), directory);

    /// <summary>Runs a verb against this node, with its token.</summary>
    public Task<ToolRun> CliAsync(params IEnumerable<string> arguments) =>
        RunAsync(arguments, new Dictionary<string, string?> { ["TIDEGATE_ADDRESS"] = Admin.AbsoluteUri, ["TIDEGATE_TOKEN"] = Setup.Token });

    /// <summary>Waits until <c>/readyz</c> is green.</summary>
    public Task ReadyAsync() => Eventually.IsTrueAsync(async () => await Api.ReadinessAsync() == 200, TimeSpan.FromSeconds(60), $"/readyz is 200; log:\n{Log}");

    /// <summary>Asks it to stop as Ctrl-C does, and waits until it has, without an error.</summary>
    public async Task StopAsync(PosixSignal signal = PosixSignal.SIGTERM)
    {
        _process.Signal(signal);
        var code = await _process.ExitAsync(TimeSpan.FromSeconds(45));
        Assert.True(code == 0, $"ended with {code}\n{Output}\n{Log}");
        Assert.DoesNotContain("crit:", Log, StringComparison.Ordinal);
        Assert.DoesNotContain("Unhandled exception", Log, StringComparison.Ordinal);
    }

    /// <summary>SIGKILL, as a power cut or the kernel would end it.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.ExitAsync(TimeSpan.FromSeconds(10));
    }

    public async ValueTask DisposeAsync()
    {
        Api?.Dispose();
        TestContext.Current.TestOutputHelper?.WriteLine($"--- tidegate {Setup.Data}\n{MaskToken(Output)}\n{Log}");
        await _process.DisposeAsync();
    }

    private async Task ReadAnnouncementAsync()
    {
        var traffic = await _process.Output.LineAsync(line => line.StartsWith("  traffic", StringComparison.Ordinal), StartLimit, "its traffic addresses");
        var admin = await _process.Output.LineAsync(line => line.StartsWith("  admin", StringComparison.Ordinal), StartLimit, "its admin address");
        await _process.Output.LineAsync(line => line.StartsWith("  data", StringComparison.Ordinal), StartLimit, "its data directory");
        // A first start tells its secrets next; later ones have nothing to tell.
        var token = Setup.Token ?? TokenLine().Match(await _process.Output.LineAsync(line => TokenLine().IsMatch(line), StartLimit, "its token")).Groups[1].Value;
        (Traffic, Admin, Setup) = (new(Address().Match(traffic).Value), new(Address().Match(admin).Value), Setup with { Token = token });
        Api = new AdminApi(Admin, token);
    }

    private string MaskToken(string text) => Setup.Token is { } token ? text.Replace(token, "(token)", StringComparison.Ordinal) : text;

    // A shell of a developer may hold settings for another Tidegate. Profiles (tiered PGO) are for those that run long, and cost a node of a test an eighth of its start.
    private static Dictionary<string, string?> Environment(IReadOnlyDictionary<string, string?> wanted)
    {
        var variables = System.Environment.GetEnvironmentVariables().Keys.Cast<string>().Where(name => name.StartsWith("TIDEGATE_", StringComparison.Ordinal)).ToDictionary(name => name, _ => (string?)null);
        variables["DOTNET_TieredPGO"] = "0";
        foreach (var (name, value) in wanted) variables[name] = value;
        return variables;
    }

    private static string FindExecutable()
    {
        // bin/Debug/net10.0 of this project is bin/Debug/net10.0 of the product.
        var output = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd('/'));
        var root = output;
        while (!File.Exists(Path.Combine(root.FullName, "Tidegate.slnx"))) root = root.Parent ?? throw new DirectoryNotFoundException($"no Tidegate.slnx above {output}");
        return Path.Combine(root.FullName, "src/Tidegate/bin", output.Parent!.Name, output.Name, "tidegate");
    }

    [GeneratedRegex(@"https?://\S+")]
    private static partial Regex Address();

    [GeneratedRegex(@"^\s*token\s+(\S+)$")]
    private static partial Regex TokenLine();
}
