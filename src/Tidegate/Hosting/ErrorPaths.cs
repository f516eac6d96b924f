using System.Diagnostics;
using System.Net.Sockets;
using System.Reflection;

namespace Tidegate.Hosting;

/// <summary>
/// Loads what is needed only when something fails. To load an assembly takes a file descriptor, and .NET remembers that it could not: a process that first
/// needs one while it has no descriptors left would never recover, even when it has some again.
/// </summary>
internal static class ErrorPaths
{
    /// <summary>Used by the server, the sockets and the log when things go wrong, and by nothing before.</summary>
    public static IReadOnlyList<string> Assemblies { get; } =
    [
        "Microsoft.AspNetCore.WebUtilities", // reason phrases of unusual statuses
        "Microsoft.AspNetCore.Diagnostics", "Microsoft.AspNetCore.Diagnostics.Abstractions",
        "Microsoft.Win32.Primitives", "System.ComponentModel.Primitives", // texts of socket errors
        "System.Diagnostics.StackTrace", "System.Reflection.Metadata", "System.Collections.Immutable", "System.IO.Compression", "System.IO.MemoryMappedFiles", // stack traces
        "System.Text.Encodings.Web", "System.Text.Json", "System.Threading.Channels",
    ];

    /// <summary>Loads them, and goes through a failure once.</summary>
    public static void Load()
    {
        foreach (var name in Assemblies) Load(name);
        _ = Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(508);
        try
        {
            throw new SocketException((int)SocketError.TooManyOpenSockets);
        }
        catch (SocketException failure)
        {
            _ = failure.ToString();
            _ = new StackTrace(failure, fNeedFileInfo: true).ToString();
        }
    }

    private static void Load(string name)
    {
        try
        {
            Assembly.Load(name);
        }
        catch (Exception missing) when (missing is FileNotFoundException or FileLoadException)
        {
            // Of another version of the framework: what is not there is not needed either.
        }
    }
}
