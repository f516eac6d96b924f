using Tidegate.Platform.Hosting;

namespace Tidegate.Insight.CallLog;

/// <summary>How much of the call log is kept, and how hard it may work. Everything but the first three is set by measurement (docs/decisions).</summary>
public sealed record CallLogOptions
{
    /// <summary>Where the segments are; nothing else may be in this directory.</summary>
    public required string Directory { get; init; }

    /// <summary>Days of calls kept. Default 7.</summary>
    public int Days { get; init; } = 7;

    /// <summary>Most bytes on disk; the oldest segment goes first. Default 10 GiB.</summary>
    public long MaxBytes { get; init; } = 10L << 30;

    /// <summary>Most records waiting to be written; more are dropped. Default 65,536: 3 s at 20,000 calls a second.</summary>
    public int QueueRecords { get; init; } = 65_536;

    /// <summary>Most bytes of records waiting to be written, by estimate. Default 64 MiB.</summary>
    public long QueueBytes { get; init; } = 64L << 20;

    /// <summary>Longest time a record waits before it is written. Default 700 ms, so that with the write itself less than a second is lost in a crash.</summary>
    public TimeSpan FlushEvery { get; init; } = TimeSpan.FromMilliseconds(700);

    /// <summary>Records written at once at most. Default 8,192: four vectors of DuckDB.</summary>
    public int BatchRows { get; init; } = 8_192;

    /// <summary>Rows between checkpoints: one row group of DuckDB, so that each is compressed once. Default 122,880.</summary>
    public int CheckpointRows { get; init; } = 122_880;

    /// <summary>Bytes of the log of a segment that bring a checkpoint sooner: rows with long paths must not fill the memory of the engine, which cannot spill. Default 48 MiB.</summary>
    public long CheckpointBytes { get; init; } = 48L << 20;

    /// <summary>
    /// After this long without a call, a checkpoint is made sooner than by the minute where more than one batch is in the log. Default 4 s: the engine holds twice as much in memory as there
    /// is in the log, and a node that has become quiet gives memory back after four to eight seconds.
    /// </summary>
    public TimeSpan PauseToCheckpoint { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>Pause between attempts to write while the disk refuses. Default 1 s.</summary>
    public TimeSpan RetryEvery { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>After this long a batch that cannot be written is dropped, so that newer calls have a chance. Default 10 s.</summary>
    public TimeSpan GiveUpAfter { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Memory of the database, shared by writer and queries. Default 512 MiB.</summary>
    public long MemoryBytes { get; init; } = 512L << 20;

    /// <summary>Longest query of the API. Default 30 s.</summary>
    public TimeSpan QueryLimit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Size at which a new segment is begun: a sixteenth of the whole, so that dropping one frees little more than needed; but not so large that a copy
    /// of the one being written takes long, nor so small that there are more than 64.
    /// </summary>
    public long SegmentBytes => Math.Max(Math.Clamp(MaxBytes / 16, 4L << 20, 256L << 20), MaxBytes / 64);

    /// <summary>Days in one segment: one, or more when many days are kept, so that there are never more than about 32 by time.</summary>
    public int SegmentDays => Math.Max(1, (Days + 31) / 32);

    /// <summary>The settings of the process.</summary>
    public static CallLogOptions From(ProcessOptions process) => new()
    {
        Directory = Path.Combine(Path.GetFullPath(process.DataDirectory), "calls"),
        Days = process.CallLogDays,
        MaxBytes = process.CallLogBytes,
    };
}
