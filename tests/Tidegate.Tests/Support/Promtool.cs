using System.Diagnostics;

namespace Tidegate.Tests.Support;

/// <summary>Prometheus' own check of rule files, from Debian's package.</summary>
internal static class Promtool
{
    private const string Program = "/usr/bin/promtool";

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    /// <summary>Runs it; skips the test when the machine has none.</summary>
    /// <returns>All it said, and whether it was content.</returns>
    public static async Task<(bool Content, string Said)> RunAsync(params IEnumerable<string> arguments)
    {
        if (!File.Exists(Program)) Assert.Skip($"needs promtool ({Program}, Debian package prometheus)");
        using var process = Process.Start(new ProcessStartInfo(Program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        using var limit = new CancellationTokenSource(Limit);
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(limit.Token), process.StandardError.ReadToEndAsync(limit.Token));
        await process.WaitForExitAsync(limit.Token);
        return (process.ExitCode == 0, await output + await errors);
    }
}
