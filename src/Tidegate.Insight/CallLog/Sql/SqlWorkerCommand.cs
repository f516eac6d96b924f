using System.Diagnostics;
using System.Reflection;

namespace Tidegate.Insight.CallLog.Sql;

/// <summary>How the worker process is started: this executable again, with nothing of our environment, which may hold secrets.</summary>
internal sealed record SqlWorkerCommand(string File, IReadOnlyList<string> Arguments)
{
    /// <summary>This process' own executable.</summary>
    public static SqlWorkerCommand Own { get; } = Path.GetFileNameWithoutExtension(System.Environment.ProcessPath) == "dotnet"
        ? new(System.Environment.ProcessPath!, [Assembly.GetEntryAssembly()!.Location, CallSqlWorker.Verb])
        : new(System.Environment.ProcessPath!, [CallSqlWorker.Verb]);

    /// <summary>Variables of the worker.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Starts it.</summary>
    public Process Start()
    {
        var start = new ProcessStartInfo(File, Arguments) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetTempPath() };
        var root = System.Environment.GetEnvironmentVariable("DOTNET_ROOT");
        start.Environment.Clear();
        if (root is not null) start.Environment["DOTNET_ROOT"] = root;
        start.Environment["DOTNET_GCHeapHardLimit"] = "0x10000000"; // 256 MiB
        start.Environment["DOTNET_gcServer"] = "0";
        start.Environment["DOTNET_gcConcurrent"] = "0";
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        start.Environment["DOTNET_TieredPGO"] = "0";
        foreach (var (name, value) in Environment) start.Environment[name] = value;
        return Process.Start(start) ?? throw new InvalidOperationException($"{File} did not start.");
    }
}
