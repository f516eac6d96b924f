using DuckDB.NET.Data;

namespace Tidegate.Insight.CallLog.Segments;

/// <summary>The directory of the segments: finds and attaches what is there, begins new ones. Used by the writer's thread alone.</summary>
internal sealed partial class SegmentFolder(CallLogOptions options, TimeProvider time, ILogger logger)
{
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly Dictionary<string, string> _told = new(StringComparer.Ordinal);
    private bool _cleaned;

    /// <summary>Makes it, and removes what a process that crashed has left of its snapshots and erasures.</summary>
    public void Make()
    {
        // Callers and addresses are in it: nobody else on the machine needs to read them.
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(options.Directory);
        else Directory.CreateDirectory(options.Directory, OwnerFile | UnixFileMode.UserExecute);
        if (!_cleaned) SegmentSnapshot.RemoveLeftovers(options.Directory);
        if (!_cleaned) SegmentErasure.RemoveLeftovers(options.Directory);
        _cleaned = true;
    }

    /// <summary>Attaches all segments: those that can be read, oldest first, and what is wrong with the others.</summary>
    public (List<Segment> Segments, List<string> Damaged) Attach(Engine engine)
    {
        var (segments, damaged) = (new List<Segment>(), new List<string>());
        foreach (var segment in Segment.Of(options.Directory))
        {
            Restrict(segment.Path);
            Restrict(segment.LogPath);
            if (TryAttach(engine, segment) is { } problem) damaged.Add(problem);
            else segments.Add(segment);
        }

        return (segments, damaged);
    }

    /// <summary>More calls may be written to it: neither its day nor its size has come to an end.</summary>
    public bool Fits(Segment? segment) =>
        segment is not null && segment.Version == SegmentSchema.Version && Today().DayNumber - segment.Day.DayNumber < options.SegmentDays && Today() >= segment.Day && segment.Bytes < options.SegmentBytes;

    /// <summary>A new segment at the end of the list.</summary>
    public Segment Begin(Engine engine, List<Segment> segments)
    {
        // Damaged ones keep their names, so the number is found on the disk.
        var number = Segment.Of(options.Directory).Where(s => s.Day == Today()).Select(s => s.Number).DefaultIfEmpty(0).Max() + 1;
        var segment = Segment.New(options.Directory, Today(), number);
        try
        {
            engine.Attach(segment.Path, segment.Alias);
            engine.CreateTables(segment.Alias);
            segment.Measure();
        }
        catch
        {
            Abandon(engine, segment);
            throw;
        }

        segments.Add(segment);
        return segment;
    }

    // Nothing is in it: left behind it would be one more damaged file at every attempt.
    private static void Abandon(Engine engine, Segment segment)
    {
        try
        {
            engine.Detach(segment.Alias);
        }
        catch (DuckDBException)
        {
            // It was not attached, or the engine has given up; either way it is closed next.
        }

        segment.Delete();
    }

    // New files are for the owner alone by the umask of the process; this is for those of versions before it.
    private static void Restrict(string path)
    {
        if (!OperatingSystem.IsWindows() && File.Exists(path) && (File.GetUnixFileMode(path) & ~OwnerFile) != UnixFileMode.None) File.SetUnixFileMode(path, OwnerFile);
    }

    private DateOnly Today() => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);

    private string? TryAttach(Engine engine, Segment segment)
    {
        try
        {
            engine.Attach(segment.Path, segment.Alias);
            segment.Measure();
            return SegmentFacts.Read(engine, segment) ? null : $"{Path.GetFileName(segment.Path)} is of another version of Tidegate; its calls are not shown.";
        }
        catch (DuckDBException damaged)
        {
            // Tried again every second while the disk is full; said once.
            if (!_told.TryGetValue(segment.Path, out var told) || told != damaged.Message) Log.CannotOpen(logger, segment.Path, damaged.Message);
            _told[segment.Path] = damaged.Message;
            return $"{Path.GetFileName(segment.Path)} cannot be opened, its calls are not shown: {damaged.Message}";
        }
    }

    private static partial class Log
    {
        [LoggerMessage(3010, LogLevel.Error, "Segment {Path} of the call log cannot be opened, its calls are not shown: {Reason} Move it away if it is of no use.")]
        public static partial void CannotOpen(ILogger logger, string path, string reason);
    }
}
