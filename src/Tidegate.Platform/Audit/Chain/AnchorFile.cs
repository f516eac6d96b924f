using System.Text.Json;

namespace Tidegate.Platform.Audit.Chain;

/// <summary>
/// <c>audit.anchor</c> in the data directory: chain, sequence and hash of the newest row this node has written. Outside the database, so that
/// somebody who can only write to the database cannot cut its end off unnoticed.
/// </summary>
internal sealed class AnchorFile(string dataDirectory)
{
    private readonly string _path = Path.Combine(dataDirectory, "audit.anchor");

    public sealed record Content(string Chain, long Sequence, string Hash);

    /// <summary>Null when there is none. A file that cannot be read is a finding, not an absence.</summary>
    public Content? Read()
    {
        if (!File.Exists(_path)) return null;
        return JsonSerializer.Deserialize<Content>(File.ReadAllBytes(_path)) ?? throw new JsonException($"{_path} is empty.");
    }

    /// <summary>Anchors of trails that were not continued: their database is not the one this node writes to now. They stay until somebody removes them.</summary>
    public IReadOnlyList<string> Left => Directory.Exists(dataDirectory) ? [.. Directory.EnumerateFiles(dataDirectory, Path.GetFileName(_path) + ".of-*").Order(StringComparer.Ordinal)] : [];

    /// <summary>Notes the newest row. The anchor of another chain is put aside, not overwritten: it may be all that tells of rows that are gone.</summary>
    public void Write(string chain, long sequence, string hash)
    {
        if (ChainOf(_path) is { } other && !string.Equals(other, chain, StringComparison.Ordinal)) File.Move(_path, $"{_path}.of-{Safe(other)}", overwrite: true);
        Replace(chain, sequence, hash);
    }

    /// <summary>Notes the newest row of a trail that took the place of the one before by order.</summary>
    public void Replace(string chain, long sequence, string hash)
    {
        // Written beside and renamed, so that a crash leaves the old one or the new one, never half of one.
        var next = _path + ".next";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(next, options))
        {
            JsonSerializer.Serialize(file, new Content(chain, sequence, hash));
            file.Flush(flushToDisk: true);
        }

        File.Move(next, _path, overwrite: true);
    }

    // One that cannot be read tells nothing of another chain.
    private static string? ChainOf(string path)
    {
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize<Content>(File.ReadAllBytes(path))?.Chain : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Safe(string chain) => string.Concat(chain.Where(char.IsAsciiLetterOrDigit).Take(32));
}
