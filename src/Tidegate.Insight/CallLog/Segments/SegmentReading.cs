using System.Data.Common;
using DuckDB.NET.Data;
using Tidegate.Insight.CallLog.Filter;

namespace Tidegate.Insight.CallLog.Segments;

/// <summary>A connection that sees the views <c>calls</c> and <c>attempts</c> over the segments that were asked for, and cannot write. One query at a time.</summary>
internal sealed class SegmentReading : IDisposable
{
    // An interrupt that comes before the engine has begun is lost, so it is repeated.
    private static readonly TimeSpan InterruptAgain = TimeSpan.FromMilliseconds(20);

    private readonly DuckDBConnection _connection;
    private readonly IReadOnlyList<Segment> _segments;
    private readonly Action<SegmentReading> _closed;
    private DuckDBCommand? _running;

    public SegmentReading(DuckDBConnection connection, IReadOnlyList<Segment> segments, Action<SegmentReading> closed)
    {
        _connection = connection;
        _segments = segments;
        _closed = closed;
    }

    /// <summary>Makes the views and begins a transaction that cannot write.</summary>
    public void Begin(IReadOnlyList<Segment> segments, bool none)
    {
        Engine.Run(_connection, SegmentSchema.Views([.. segments.Select(s => (s.Alias, s.Version))], none));
        Engine.Run(_connection, "BEGIN TRANSACTION READ ONLY");
    }

    /// <summary>Runs a query and reads its rows as they come; <paramref name="read"/> may stop early.</summary>
    /// <exception cref="OperationCanceledException">Cancelled; the engine has stopped working on it.</exception>
    public T Query<T>(SqlText sql, Func<DbDataReader, T> read, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        using var command = _connection.CreateCommand();
        command.CommandText = sql.ToString();
        command.UseStreamingMode = true;
        foreach (var value in sql.Values) command.Parameters.Add(new DuckDBParameter(value));
        Volatile.Write(ref _running, command);
        Timer? again = null;
        using var registration = cancel.Register(() => again = new Timer(_ => Interrupt(), null, TimeSpan.Zero, InterruptAgain));
        try
        {
            using var reader = command.ExecuteReader();
            return read(reader);
        }
        catch (Exception stopped) when (cancel.IsCancellationRequested && stopped is DuckDBException or InvalidOperationException)
        {
            throw new OperationCanceledException(cancel);
        }
        finally
        {
            registration.Dispose(); // waits for a callback that is running, so that "again" is final
            Volatile.Write(ref _running, null);
            again?.Dispose();
        }
    }

    /// <summary>Stops a query that is running.</summary>
    public void Interrupt()
    {
        try
        {
            Volatile.Read(ref _running)?.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It ended just now.
        }
    }

    public void Dispose()
    {
        _connection.Dispose();
        foreach (var segment in _segments) segment.Release();
        _closed(this);
    }
}
