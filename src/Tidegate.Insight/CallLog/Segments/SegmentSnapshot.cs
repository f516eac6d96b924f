namespace Tidegate.Insight.CallLog.Segments;

/// <summary>
/// The segments as they were at one moment, for another process to read. Those that are not written any more are read where they are; the others, the
/// one being written above all, are copied, because their file is locked by us. Until they are, the writer does not checkpoint: then their files do not change.
/// </summary>
internal sealed class SegmentSnapshot(CallLogOptions options, IReadOnlyList<Segment> segments, Action letGo) : IDisposable
{
    private const string Prefix = "sql-";
    private const long SpareBytes = 64L << 20;

    private readonly string _directory = Path.Combine(options.Directory, Prefix + Guid.NewGuid().ToString("N"));
    private Action? _letGo = letGo;

    /// <summary>Removes what snapshots of a process that crashed have left.</summary>
    public static void RemoveLeftovers(string directory)
    {
        foreach (var left in Directory.EnumerateDirectories(directory, Prefix + "*")) Directory.Delete(left, recursive: true);
    }

    /// <summary>Files by name of the segment.</summary>
    public async Task<IReadOnlyDictionary<string, string>> CopyAsync(CancellationToken cancel)
    {
        try
        {
            var copies = segments.Where(s => !s.IsSealed).ToList();
            if (copies.Count > 0) await CopyAsync(copies, cancel);
            return segments.ToDictionary(s => s.Alias, s => s.IsSealed ? s.Path : CopyOf(s), StringComparer.Ordinal);
        }
        finally
        {
            LetGo();
        }
    }

    public void Dispose()
    {
        LetGo();
        foreach (var segment in segments) segment.Release();
        if (Directory.Exists(_directory)) Directory.Delete(_directory, recursive: true);
    }

    private async Task CopyAsync(List<Segment> copies, CancellationToken cancel)
    {
        var needed = copies.Sum(s => s.Bytes) + SpareBytes;
        if (new DriveInfo(options.Directory).AvailableFreeSpace < needed)
        {
            throw new QueryLimitException("There is not enough room on the disk of the call log for a snapshot to query.", "Make room, or keep less: --calls-bytes, --calls-days.");
        }
        Directory.CreateDirectory(_directory);
        foreach (var segment in copies)
        {
            await using var from = new FileStream(segment.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            await using var to = new FileStream(CopyOf(segment), FileMode.CreateNew, FileAccess.Write);
            await from.CopyToAsync(to, 1 << 20, cancel);
        }
    }

    private string CopyOf(Segment segment) => Path.Combine(_directory, Path.GetFileName(segment.Path));

    private void LetGo() => Interlocked.Exchange(ref _letGo, null)?.Invoke();
}
