using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Tidegate.Hosting.Memory;

/// <summary>Memory outside the managed heap. Nothing here can fail in a way that matters: what the system refuses stays as it is.</summary>
[SupportedOSPlatform("linux")]
internal static partial class NativeMemory
{
    /// <summary>
    /// MADV_DONTNEED: the pages leave this process and are read from the file again when touched. What was changed would be lost, so it is asked for only
    /// where nothing was. MADV_PAGEOUT (Linux 5.4) keeps what was changed, but works only for the owner of the file and for pages nobody else uses.
    /// </summary>
    private const int Forget = 4, PageOut = 21;

    /// <summary>Gives free blocks of the C library's allocator back to the system; a C library without that function keeps them.</summary>
    public static void TrimAllocator()
    {
        try
        {
            _ = TrimAllocator(0);
        }
        catch (EntryPointNotFoundException)
        {
            // musl gives back by itself
        }
    }

    /// <summary>Libraries mapped into this process. To read them allocates some megabytes: before a collection is the time for it.</summary>
    public static IReadOnlyList<MappedLibrary> Libraries() => [.. MappedLibrary.Read(File.ReadLines("/proc/self/smaps"))];

    /// <summary>Drops the pages of mapped libraries. What is in use comes back at once; what only the loader read, 28 MB of DuckDB's symbols alone, never does.</summary>
    public static void DropPages(IReadOnlyList<MappedLibrary> libraries)
    {
        foreach (var mapping in libraries)
        {
            // Not what the runtime may be relocating (assemblies) or patching (itself) at this moment.
            var isChangedByTheRuntime = mapping.Path.EndsWith(".dll", StringComparison.Ordinal) || mapping.Path.EndsWith("/libcoreclr.so", StringComparison.Ordinal);
            _ = Advise(mapping.Start, mapping.Length, mapping.IsUntouched && !isChangedByTheRuntime ? Forget : PageOut);
        }
    }

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    private static partial int TrimAllocator(nint keep);

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(nint start, nint length, int advice);
}
