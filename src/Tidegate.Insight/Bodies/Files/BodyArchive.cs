using Microsoft.Data.Sqlite;

namespace Tidegate.Insight.Bodies.Files;

/// <summary>The files of the log of bodies. Written, kept in bounds and erased from by one thread, the writer's; read by any.</summary>
internal sealed partial class BodyArchive(BodiesOptions options, TimeProvider time, ILogger<BodyArchive> logger)
{
    // A clock that is stepped far ahead and corrected within the hour must not cost a week of bodies.
    private static readonly TimeSpan Settle = TimeSpan.FromHours(1);

    private List<BodyFile> _files = [];
    private BodyFile? _current;

    /// <summary>Bytes on disk when last measured.</summary>
    public long Bytes => Volatile.Read(ref _files).Sum(f => f.Bytes);

    /// <summary>Finds what is there. Files that cannot be used stay where they are, and are told of.</summary>
    public void Open()
    {
        var files = BodyFile.Of(options.Directory);
        foreach (var file in files)
        {
            try
            {
                file.Measure();
                file.Check();
                _current = file;
            }
            catch (Exception damaged) when (damaged is SqliteException or InvalidDataException)
            {
                Log.CannotOpen(logger, file.Path, damaged.Message);
            }
        }

        Volatile.Write(ref _files, files);
    }

    /// <summary>Writes a batch; it survives a crash of the process when this returns.</summary>
    public void Write(IReadOnlyList<WrittenBodies> batch)
    {
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        if (_current is null || _current.Day != today || _current.Bytes >= options.FileBytes) Begin(today);
        _current!.Write(batch);
    }

    /// <summary>The bodies of a call; null when none are kept.</summary>
    /// <exception cref="BodiesUnavailableException">A file cannot be read, and they are in no other.</exception>
    public CallBodiesEntry? Find(Guid id)
    {
        string? problem = null;
        foreach (var file in Enumerable.Reverse(Volatile.Read(ref _files)))
        {
            try
            {
                if (file.Find(id) is { } found) return found;
            }
            catch (SqliteException unread) when (!File.Exists(file.Path))
            {
                _ = unread; // it was too old in the meantime
            }
            catch (SqliteException unread)
            {
                problem ??= $"{Path.GetFileName(file.Path)} cannot be read: {unread.Message}";
            }
        }

        return problem is null ? null : throw new BodiesUnavailableException(problem);
    }

    /// <summary>Deletes a consumer's from all files.</summary>
    /// <exception cref="BodiesUnavailableException">Some file could not be changed; all others have been.</exception>
    public long Erase(string consumer)
    {
        var problems = new List<string>();
        var erased = 0L;
        foreach (var file in _files)
        {
            try
            {
                erased += file.Erase(consumer);
            }
            catch (SqliteException unchanged)
            {
                problems.Add($"{Path.GetFileName(file.Path)}: {unchanged.Message}");
            }
        }

        return problems.Count == 0 ? erased : throw new BodiesUnavailableException($"{erased} bodies were erased, but not those in {string.Join("; ", problems)}");
    }

    /// <summary>Deletes files that are too old, and the oldest while there is too much.</summary>
    public void Retain()
    {
        var gone = new List<BodyFile>();
        var over = Bytes - options.MaxBytes;
        foreach (var file in _files)
        {
            if (file == _current) continue;
            var expired = IsExpired(file);
            if (!expired && over <= 0) continue;
            over -= file.Bytes;
            file.Delete();
            gone.Add(file);
            Log.Dropped(logger, file.Path, expired ? "older than its days" : "the log is at its size");
        }

        if (gone.Count > 0) Volatile.Write(ref _files, [.. _files.Except(gone)]);
    }

    private void Begin(DateOnly today)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(options.Directory);
        else Directory.CreateDirectory(options.Directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var number = BodyFile.Of(options.Directory).Where(f => f.Day == today).Select(f => f.Number).DefaultIfEmpty(0).Max() + 1;
        _current = BodyFile.Create(options.Directory, today, number);
        Volatile.Write(ref _files, [.. _files, _current]);
        Retain();
    }

    private bool IsExpired(BodyFile file)
    {
        // The end of its day comes after all of its calls: cheaper to know than the newest one, and never too early.
        if (file.Day.AddDays(1).ToDateTime(TimeOnly.MinValue) > time.GetUtcNow().UtcDateTime.AddDays(-options.Days))
        {
            file.ExpiredSince = null;
            return false;
        }

        file.ExpiredSince ??= time.GetTimestamp();
        return time.GetElapsedTime(file.ExpiredSince.Value) >= Settle;
    }

    private static partial class Log
    {
        [LoggerMessage(3210, LogLevel.Error, "File {Path} of the log of bodies cannot be used, its bodies are not shown and cannot be erased: {Reason} Delete it, or move it away.")]
        public static partial void CannotOpen(ILogger logger, string path, string reason);

        [LoggerMessage(3211, LogLevel.Information, "Dropped {Path} of the log of bodies: {Reason}")]
        public static partial void Dropped(ILogger logger, string path, string reason);
    }
}
