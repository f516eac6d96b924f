namespace Tidegate.Catalogue;

/// <summary>The catalogue that was put in place of the program's own, in the data directory of this node.</summary>
internal sealed class CatalogueFile(string directory)
{
    private readonly string _path = Path.Combine(directory, "models.json");

    /// <summary>Opens it; null when there is none.</summary>
    public Stream? Open() => File.Exists(_path) ? File.OpenRead(_path) : null;

    /// <summary>Puts another in place: whole or not at all.</summary>
    public async Task ReplaceAsync(ReadOnlyMemory<byte> content, CancellationToken cancel)
    {
        var beside = _path + ".new";
        await using (var file = new FileStream(beside, FileMode.Create, FileAccess.Write))
        {
            await file.WriteAsync(content, cancel);
            file.Flush(flushToDisk: true);
        }

        File.Move(beside, _path, overwrite: true);
    }

    /// <summary>Goes back to the program's own. False when that is in force already.</summary>
    public bool Remove()
    {
        if (!File.Exists(_path)) return false;
        File.Delete(_path);
        return true;
    }
}
