using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Tidegate.Hosting.Memory;

/// <summary>Memory outside the managed heap. Nothing here can fail in a way that matters: what the system refuses stays as it is.</summary>
[SupportedOSPlatform("linux")]
internal static partial class NativeMemory
{
    /// <summary>MADV_PAGEOUT of Linux 5.4: clean pages are dropped and come back from the file when used; changed pages are left alone.</summary>
    private const int PageOut = 21;

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

    /// <summary>Drops the pages of mapped libraries. What is in use comes back at once; symbol tables, DuckDB's alone 28 MB, never do.</summary>
    public static void PageOutLibraries()
    {
        foreach (var line in File.ReadLines("/proc/self/maps"))
            if (TryLibrary(line, out var start, out var end)) _ = Advise(start, end - start, PageOut);
    }

    /// <summary>Reads a line of the map: address range, rights, offset, device, inode, path.</summary>
    internal static bool TryLibrary(string line, out nint start, out nint end)
    {
        (start, end) = (0, 0);
        var path = line.IndexOf('/', StringComparison.Ordinal);
        if (path < 0 || !(line.EndsWith(".dll", StringComparison.Ordinal) || line.AsSpan(path).Contains(".so", StringComparison.Ordinal))) return false;
        var dash = line.IndexOf('-', StringComparison.Ordinal);
        var space = line.IndexOf(' ', StringComparison.Ordinal);
        return dash > 0 && space > dash
            && nint.TryParse(line.AsSpan(0, dash), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out start)
            && nint.TryParse(line.AsSpan(dash + 1, space - dash - 1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out end)
            && end > start;
    }

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    private static partial int TrimAllocator(nint keep);

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(nint start, nint length, int advice);
}
