using Tidegate.Core.Resources.Schema;

namespace Tidegate.Insight.CallLog.Segments;

/// <summary>Keeps the call log within its days and bytes, oldest segments first. The segment being written stays.</summary>
internal sealed partial class Retention(CallLogOptions options, TimeProvider time, ILogger logger)
{
    // A clock that is stepped far ahead and corrected within the hour must not cost a week of calls.
    private static readonly TimeSpan Settle = TimeSpan.FromHours(1);

    /// <summary>Drops what is over.</summary>
    public void Apply(SegmentArchive archive)
    {
        var old = archive.Segments.SkipLast(1).ToList();
        var expired = old.Where(IsExpired).ToList();
        var kept = old.Except(expired).ToList();
        var over = archive.Segments.Except(expired).Sum(s => s.Bytes) - options.MaxBytes;
        var squeezed = new List<Segment>();
        foreach (var segment in kept)
        {
            if (over <= 0) break;
            squeezed.Add(segment);
            over -= segment.Bytes;
        }
        if (expired.Count + squeezed.Count == 0) return;
        foreach (var segment in expired) Log.Expired(logger, segment.Path, segment.Calls, options.Days);
        foreach (var segment in squeezed) Log.Squeezed(logger, segment.Path, segment.Calls, ByteSize.Format(options.MaxBytes));
        archive.Drop([.. expired, .. squeezed]);
    }

    private bool IsExpired(Segment segment)
    {
        var until = time.GetUtcNow().UtcDateTime.AddDays(-options.Days);
        if ((segment.Latest ?? segment.Day.ToDateTime(TimeOnly.MaxValue)) >= until)
        {
            segment.ExpiredSince = null;
            return false;
        }
        segment.ExpiredSince ??= time.GetTimestamp();
        return time.GetElapsedTime(segment.ExpiredSince.Value) >= Settle;
    }

    private static partial class Log
    {
        [LoggerMessage(3020, LogLevel.Information, "Dropped {Path} of the call log, {Calls} calls older than {Days} days")]
        public static partial void Expired(ILogger logger, string path, long calls, int days);

        [LoggerMessage(3021, LogLevel.Information, "Dropped {Path} of the call log, {Calls} calls, to stay within {Size}")]
        public static partial void Squeezed(ILogger logger, string path, long calls, string size);
    }
}
