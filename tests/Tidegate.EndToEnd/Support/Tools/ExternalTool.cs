using Tidegate.EndToEnd.Support.Processes;

namespace Tidegate.EndToEnd.Support.Tools;

/// <summary>A program that the project did not write. Where it is missing, the test is skipped and says which package to install.</summary>
internal sealed record ExternalTool(string Name, string Package)
{
    public static readonly ExternalTool Alertmanager = new("prometheus-alertmanager", "prometheus-alertmanager");
    public static readonly ExternalTool Amtool = new("amtool", "prometheus-alertmanager");
    public static readonly ExternalTool Curl = new("curl", "curl");
    public static readonly ExternalTool H2Load = new("h2load", "nghttp2-client");
    public static readonly ExternalTool Nginx = new("nginx", "nginx-light");
    public static readonly ExternalTool OpenSsl = new("openssl", "openssl");
    public static readonly ExternalTool Prometheus = new("prometheus", "prometheus");
    public static readonly ExternalTool Promtool = new("promtool", "prometheus");
    public static readonly ExternalTool Wrk = new("wrk", "wrk");

    /// <summary>Where it is; skips the test when it is nowhere.</summary>
    public string Require()
    {
        // Debian keeps servers in sbin, which is not on everybody's path.
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Concat(["/usr/sbin", "/sbin"]);
        var path = folders.Select(folder => Path.Combine(folder, Name)).FirstOrDefault(File.Exists);
        if (path is null) Assert.Skip($"needs {Name} (Debian package {Package})");
        return path!;
    }

    /// <summary>Runs it to its end.</summary>
    public Task<ToolRun> RunAsync(TimeSpan limit, params IEnumerable<string> arguments) => RunAsync(limit, null, arguments);

    /// <summary>Runs it to its end with variables of its own and, where it reads any, text on its input.</summary>
    public Task<ToolRun> RunAsync(TimeSpan limit, IReadOnlyDictionary<string, string?>? environment, IEnumerable<string> arguments) =>
        ToolRun.OfAsync(Require(), arguments, limit, environment);
}

/// <summary>How a program ended and what it said.</summary>
internal sealed record ToolRun(string Command, int ExitCode, string Output, string Errors)
{
    /// <summary>Runs a program to its end.</summary>
    public static async Task<ToolRun> OfAsync(
        string file, IEnumerable<string> arguments, TimeSpan limit, IReadOnlyDictionary<string, string?>? environment = null, string? directory = null)
    {
        string[] words = [.. arguments];
        await using var process = ChildProcess.Start(file, words, environment, directory);
        var code = await process.ExitAsync(limit);
        return new(string.Join(' ', words.Prepend(Path.GetFileName(file))), code, process.Output.Text, process.Errors.Text);
    }

    /// <summary>Fails with everything it said unless it ended with <paramref name="code"/>.</summary>
    public ToolRun Ends(int code = 0)
    {
        if (ExitCode != code) Assert.Fail($"{this}\nexpected exit code {code}");
        return this;
    }

    public override string ToString() => $"$ {Command}\n{Output}\n{Errors}\nexit code {ExitCode}";
}
