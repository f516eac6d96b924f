using System.Globalization;

namespace Tidegate.Hosting.Memory;

/// <summary>A part of a library as it is mapped into this process.</summary>
/// <param name="Start">First address.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Path">The file.</param>
/// <param name="IsUntouched">It cannot be written and no page of it ever was: all of it is what the file says.</param>
internal sealed record MappedLibrary(nint Start, nint Length, string Path, bool IsUntouched)
{
    /// <summary>Reads the lines of <c>/proc/PID/smaps</c>: a head "start-end rights offset device inode path" and after it one line per counter.</summary>
    public static IEnumerable<MappedLibrary> Read(IEnumerable<string> lines)
    {
        MappedLibrary? current = null;
        foreach (var line in lines)
        {
            if (TryHead(line) is { } head)
            {
                if (current is not null) yield return current;
                current = head is { Length: > 0 } ? head : null;
            }
            else if (current is { IsUntouched: true } && IsCounted(line, "Anonymous:", "Swap:"))
            {
                current = current with { IsUntouched = false };
            }
        }

        if (current is not null) yield return current;
    }

    // Null: no head. Without length: a mapping that is no library.
    private static MappedLibrary? TryHead(string line)
    {
        var dash = line.IndexOf('-', StringComparison.Ordinal);
        var space = line.IndexOf(' ', StringComparison.Ordinal);
        if (dash <= 0 || space < dash || !TryHex(line.AsSpan(0, dash), out var start) || !TryHex(line.AsSpan(dash + 1, space - dash - 1), out var end)) return null;
        var slash = line.IndexOf('/', StringComparison.Ordinal);
        var path = slash < 0 ? "" : line[slash..];
        var isLibrary = path.EndsWith(".dll", StringComparison.Ordinal) || path.EndsWith(".so", StringComparison.Ordinal) || path.Contains(".so.", StringComparison.Ordinal);
        return new MappedLibrary(start, isLibrary ? end - start : 0, path, IsUntouched: line.AsSpan(space + 1).StartsWith("r--p", StringComparison.Ordinal) || line.AsSpan(space + 1).StartsWith("r-xp", StringComparison.Ordinal));
    }

    private static bool IsCounted(string line, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
            if (line.StartsWith(name, StringComparison.Ordinal)) return !line.AsSpan(name.Length).Trim().SequenceEqual("0 kB");
        return false;
    }

    private static bool TryHex(ReadOnlySpan<char> text, out nint value) => nint.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
}
