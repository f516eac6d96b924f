using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Tidegate.Gateway.Request.Guard;

namespace Tidegate.Gateway.Request.Forward;

/// <summary>
/// The caller's request body, sent on while it is read. As long as another attempt may need it and it is small enough, what was read is kept, so that the next
/// attempt sends it again and goes on from there. A short one that has announced its length is read to its end first: each of its blocks would be a write of its own.
/// </summary>
internal sealed class RequestBody : IDisposable
{
    private const int FirstBuffer = 4096;

    // The server hands a body over in blocks of 4 kB, and the HTTP client makes a write to the socket of each: they are put together, up to this.
    private const int MostTogether = 64 * 1024;

    // What may wait for its end: many slow callers at a time must not hold much.
    private const int Short = 16 * 1024;

    private PipeReader _reader = null!;
    private byte[]? _kept;
    private int _keptLength;
    private int _keepUpTo;
    private long _limit;
    private long _againUpTo;
    private bool _isShort;
    private bool _sent;
    private bool _overflowed;
    private bool _completed;
    private bool _awaited;

    /// <summary>Length announced; null when it is not known.</summary>
    public long? Length { get; private set; }

    /// <summary>Bytes read from the caller so far.</summary>
    public long BytesRead { get; private set; }

    /// <summary>What went wrong while reading from the caller; null when nothing did.</summary>
    public Exception? Fault { get; private set; }

    /// <summary>The caller is waited for, and nothing else: all that came has been sent on.</summary>
    public bool IsAwaited => Volatile.Read(ref _awaited);

    /// <summary>Another attempt can send all of it.</summary>
    public bool CanBeSentAgain => BytesRead == 0 || (BytesRead == _keptLength && !_overflowed && (!_sent || BytesRead <= _againUpTo));

    /// <summary>
    /// Begins with a call's body of at most <paramref name="limit"/> bytes (0: any number); keeps up to <paramref name="keepUpTo"/> for another attempt. Where the caller
    /// <paramref name="asksFirst"/> (<c>Expect: 100-continue</c>), nothing is read before the upstream wants it.
    /// </summary>
    public void Begin(PipeReader reader, long? length, long limit, long keepUpTo, bool asksFirst)
    {
        _reader = reader;
        _limit = limit > 0 ? limit : long.MaxValue;
        Length = length;
        _againUpTo = keepUpTo;
        _isShort = length <= Short && !asksFirst;
        // A body announced too long is not kept at all; one of unknown length until it is too long.
        _keepUpTo = _isShort ? Short : length > keepUpTo ? 0 : (int)Math.Min(keepUpTo, Array.MaxLength);
    }

    /// <summary>
    /// Time ran out while the caller was waited for: his doing, and not the service's, which could not answer half a request. Not so for gRPC: a stream of messages
    /// is open for as long as its caller likes, and the service may be the one who owes the next.
    /// </summary>
    public bool IsLate(GatewayCall call, Attempt attempt)
    {
        if (!IsAwaited || call.IsGrpc || attempt.Scope.Cause is not (CancelCause.Deadline or CancelCause.AttemptTimeout)) return false;
        Fault = new BadHttpRequestException("The request body did not come in time.", StatusCodes.Status408RequestTimeout);
        return true;
    }

    /// <summary>Reads a short body to its end, and nothing of others. Before a connection is taken: none waits for a slow caller.</summary>
    public async ValueTask ReadShortAsync(Attempt attempt, CancellationToken cancel)
    {
        while (_isShort && !_completed)
        {
            Volatile.Write(ref _awaited, true);
            var result = await ReadAsync(attempt, cancel);
            Volatile.Write(ref _awaited, false);
            try
            {
                Take(result.Buffer, attempt);
            }
            finally
            {
                _reader.AdvanceTo(result.Buffer.End);
            }

            _completed = result.IsCompleted;
        }
    }

    /// <summary>Sends what was kept, then what comes.</summary>
    public async Task CopyToAsync(Stream destination, Attempt attempt, CancellationToken cancel)
    {
        _sent = true;
        if (_keptLength > 0) await destination.WriteAsync(_kept.AsMemory(0, _keptLength), cancel);
        while (!_completed)
        {
            var reading = ReadAsync(attempt, cancel);
            var result = reading.IsCompleted ? await reading : await ReadSlowlyAsync(reading, destination, cancel);
            Volatile.Write(ref _awaited, false);
            try
            {
                Take(result.Buffer, attempt);
                if (result.Buffer.IsSingleSegment) await destination.WriteAsync(result.Buffer.First, cancel);
                else await WriteTogetherAsync(destination, result.Buffer, cancel);
            }
            finally
            {
                _reader.AdvanceTo(result.Buffer.End);
            }

            _completed = result.IsCompleted;
            attempt.Progress();
        }
    }

    /// <summary>Forgets the body and gives its buffer back.</summary>
    public void Dispose()
    {
        if (_kept is not null) ArrayPool<byte>.Shared.Return(_kept);
        _kept = null;
        _reader = null!;
        Fault = null;
        BytesRead = _keptLength = _keepUpTo = 0;
        _awaited = _sent = _overflowed = _completed = false;
    }

    private static async ValueTask WriteTogetherAsync(Stream destination, ReadOnlySequence<byte> data, CancellationToken cancel)
    {
        var together = ArrayPool<byte>.Shared.Rent((int)Math.Min(data.Length, MostTogether));
        try
        {
            while (data.Length > 0)
            {
                var part = data.Slice(0, Math.Min(data.Length, together.Length));
                part.CopyTo(together);
                await destination.WriteAsync(together.AsMemory(0, (int)part.Length), cancel);
                data = data.Slice(part.End);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(together);
        }
    }

    // Headers and earlier parts must not wait for a slow caller. Where they cannot go out, the read that was begun has to end before anybody reads again: another attempt, or the server.
    private async ValueTask<ReadResult> ReadSlowlyAsync(ValueTask<ReadResult> reading, Stream destination, CancellationToken cancel)
    {
        try
        {
            await destination.FlushAsync(cancel);
        }
        catch
        {
            await _reader.LetGoAsync(reading);
            throw;
        }

        Volatile.Write(ref _awaited, true);
        return await reading;
    }

    private async ValueTask<ReadResult> ReadAsync(Attempt attempt, CancellationToken cancel)
    {
        try
        {
            return await _reader.ReadOrCancelAsync(cancel);
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            Fault = e;
            attempt.Scope.Cancel(CancelCause.CallerBody);
            throw;
        }
    }

    // Counted here because the server counts too late over HTTP/2: when the bytes have gone on.
    private void Take(ReadOnlySequence<byte> data, Attempt attempt)
    {
        BytesRead += data.Length;
        if (BytesRead <= _limit)
        {
            Keep(data);
            return;
        }

        Fault = new BadHttpRequestException("The request body is too large.", StatusCodes.Status413PayloadTooLarge);
        attempt.Scope.Cancel(CancelCause.CallerBody);
        throw Fault;
    }

    private void Keep(ReadOnlySequence<byte> data)
    {
        if (_keepUpTo == 0 || _overflowed) return;
        if (_keptLength + data.Length > _keepUpTo)
        {
            _overflowed = true;
            return;
        }

        var needed = _keptLength + (int)data.Length;
        if (_kept is null || needed > _kept.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(_isShort ? Math.Max(needed, (int)Length!) : Math.Max(needed, Math.Max(FirstBuffer, 2 * _keptLength)));
            _kept.AsSpan(0, _keptLength).CopyTo(larger);
            if (_kept is not null) ArrayPool<byte>.Shared.Return(_kept);
            _kept = larger;
        }

        data.CopyTo(_kept.AsSpan(_keptLength));
        _keptLength = needed;
    }
}
