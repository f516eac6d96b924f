using System.Diagnostics;

namespace Tidegate.EndToEnd.Support.Processes;

/// <summary>
/// A small shell that learns the ids of our child processes. Its input ends with this process, however that ends; it then kills those that are left,
/// so that an aborted test run leaves no servers behind.
/// </summary>
internal static class Reaper
{
    private const string Script = "ids=' '; while read -r do id; do case $do in watch) ids=\"$ids$id \";; forget) ids=$(printf %s \"$ids\" | sed \"s/ $id / /\");; esac; done; for id in $ids; do kill -9 $id; done";
    private static readonly Lock Gate = new();
    private static readonly Process Shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", Script]) { RedirectStandardInput = true })!;

    public static void Watch(int id) => Tell($"watch {id}");

    public static void Forget(int id) => Tell($"forget {id}");

    private static void Tell(string line)
    {
        lock (Gate)
        {
            Shell.StandardInput.WriteLine(line);
            Shell.StandardInput.Flush();
        }
    }
}
