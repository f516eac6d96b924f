using Tidegate.Platform.Hosting;

namespace Tidegate.Insight.Bodies;

/// <summary>How much is kept of bodies, and how hard their log may work.</summary>
public sealed record BodiesOptions
{
    /// <summary>Where the files are; nothing else may be in this directory.</summary>
    public required string Directory { get; init; }

    /// <summary>Days of bodies kept. Default 7.</summary>
    public int Days { get; init; } = 7;

    /// <summary>Most bytes on disk; the oldest file goes first. Default 1 GiB.</summary>
    public long MaxBytes { get; init; } = 1L << 30;

    /// <summary>Most memory for bodies of calls under way and on their way to the disk; calls above it are dropped. Default 256 MiB: 1,900 calls at once with 64 KiB each way.</summary>
    public long MemoryBytes { get; init; } = 256L << 20;

    /// <summary>Longest time bodies wait before they are written. Default 500 ms.</summary>
    public TimeSpan FlushEvery { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Calls written at once at most. Default 256.</summary>
    public int BatchCalls { get; init; } = 256;

    /// <summary>Pause between attempts to write while the disk refuses. Default 1 s.</summary>
    public TimeSpan RetryEvery { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>After this long bodies that cannot be written are dropped. Default 10 s.</summary>
    public TimeSpan GiveUpAfter { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Size at which a new file is begun: a sixteenth of the whole, 1 to 64 MiB.</summary>
    public long FileBytes => Math.Clamp(MaxBytes / 16, 1L << 20, 64L << 20);

    /// <summary>The settings of the process.</summary>
    public static BodiesOptions From(ProcessOptions process) => new()
    {
        Directory = Path.Combine(Path.GetFullPath(process.DataDirectory), "bodies"),
        Days = process.BodiesDays,
        MaxBytes = process.BodiesBytes,
    };
}
