using System.Globalization;
using System.Runtime.InteropServices;

namespace Tidegate.Insight.CallLog.Sql;

/// <summary>
/// Takes from this process, on Linux, what it does not need to answer a question: memory beyond a limit, writing files, core dumps, its place before
/// others in line for the processor, and its place behind others when the kernel looks for whom to end. Elsewhere only the engine's own limit holds.
/// </summary>
internal static class ProcessLimits
{
    // <sys/resource.h>, the same numbers on x64 and arm64.
    private const int FileSize = 1, Data = 2, Core = 4, PriorityOfProcess = 0;

    /// <summary>Gives it up for good.</summary>
    /// <param name="memory">What the engine may take; the runtime and what the engine does not count get as much again.</param>
    public static void Apply(long memory)
    {
        if (!OperatingSystem.IsLinux()) return;
        var used = File.ReadLines("/proc/self/status").First(l => l.StartsWith("VmData:", StringComparison.Ordinal));
        var bytes = long.Parse(used.AsSpan(7).Trim().TrimEnd("kB").Trim(), CultureInfo.InvariantCulture) << 10;
        File.WriteAllText("/proc/self/oom_score_adj", "1000");
        Limit(Data, (ulong)(bytes + (2 * memory)));
        Limit(Core, 0);
        Limit(FileSize, 0);
        _ = SetPriority(PriorityOfProcess, 0, 10);
    }

    private static void Limit(int resource, ulong value)
    {
        var limit = new ResourceLimit(value, value);
        if (SetLimit(resource, in limit) != 0) throw new InvalidOperationException($"setrlimit {resource} failed with {Marshal.GetLastPInvokeError()}.");
    }

    [DllImport("libc", EntryPoint = "setrlimit", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetLimit(int resource, in ResourceLimit limit);

    [DllImport("libc", EntryPoint = "setpriority")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetPriority(int which, uint who, int priority);

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct ResourceLimit(ulong Soft, ulong Hard);
}
