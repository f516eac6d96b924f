using System.Buffers;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using Tidegate.Gateway.Request.Guard;

namespace Tidegate.Gateway.Request.Forward;

/// <summary>
/// Passes a body on as it comes. What has arrived is sent together; as soon as nothing more is there, everything is flushed and the buffer is given back
/// until more comes. So a small answer costs one write, a stream is never held back, and an idle one holds no buffer.
/// </summary>
internal sealed class ResponseRelay(TimeProvider time)
{
    /// <summary>Four blocks of the server's memory pool: larger ones cost more to clear and fill than they save in calls (measured by YARP: 64 kB).</summary>
    private const int BufferSize = 16 * 1024;

    /// <summary>Copies body and trailers. Nothing has been sent to the caller before the first flush, so that until then the attempt can still be given up.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<RelayEnd> CopyAsync(GatewayCall call, Attempt attempt)
    {
        var response = call.Http.Response;
        var cancel = attempt.Scope.Token;
        byte[]? buffer = null;
        var fromUpstream = true;
        try
        {
            var body = attempt.Response!.Content.ReadAsStream(cancel);
            var filled = 0;
            while (true)
            {
                // An empty read ends when there is something to read, or the end: it needs no buffer while it waits.
                var ready = body.ReadAsync(Memory<byte>.Empty, cancel);
                if (!ready.IsCompletedSuccessfully)
                {
                    fromUpstream = false;
                    if (filled > 0 || ShowsHeadersEarly(response)) await FlushAsync(call, buffer, filled, cancel);
                    fromUpstream = true;
                    filled = 0;
                    Return(ref buffer);
                    attempt.Progress();
                    await ready;
                }

                buffer ??= ArrayPool<byte>.Shared.Rent(BufferSize);
                var read = await body.ReadAsync(buffer.AsMemory(filled), cancel);
                if (read == 0) break;
                if (call.Record.FirstByteUs < 0) call.Record.FirstByteUs = Ticks.Microseconds(time, time.GetTimestamp() - call.StartTimestamp);
                filled += read;
                if (filled < buffer.Length) continue;
                fromUpstream = false;
                await FlushAsync(call, buffer, filled, cancel);
                fromUpstream = true;
                filled = 0;
                attempt.Progress();
            }

            // The rest is flushed by the server together with the end of the response: but over HTTP/1.1 not that of one of known length whose headers are gone,
            // for it has no end to be written. The caller would wait for it until the connection is closed.
            fromUpstream = false;
            if (filled > 0)
            {
                var begun = response.HasStarted;
                if (!begun) await response.StartAsync(cancel);
                response.BodyWriter.Write(buffer.AsSpan(0, filled));
                call.Record.ResponseBytes += filled;
                if (begun && response.ContentLength is not null) await response.BodyWriter.FlushAsync(cancel);
            }

            Trailers(call, attempt);
            call.Keeping?.Complete(buffer.AsSpan(0, filled));
            return RelayEnd.Complete;
        }
        catch (Exception e)
        {
            return Read(e, call, attempt, fromUpstream);
        }
        finally
        {
            Return(ref buffer);
            call.Keeping?.End();
            call.Keeping = null;
        }
    }

    private static async ValueTask FlushAsync(GatewayCall call, byte[]? buffer, int filled, CancellationToken cancel)
    {
        var response = call.Http.Response;
        if (!response.HasStarted) await response.StartAsync(cancel);
        if (filled > 0) response.BodyWriter.Write(buffer.AsSpan(0, filled));
        call.Keeping?.Add(buffer.AsSpan(0, filled));
        call.Record.ResponseBytes += filled;
        await response.BodyWriter.FlushAsync(cancel);
    }

    // A stream of unknown length may stay silent for long, and its caller waits for the headers. An answer of known length is on its way: headers and first bytes together.
    private static bool ShowsHeadersEarly(HttpResponse response) => !response.HasStarted && response.ContentLength is null;

    private static void Trailers(GatewayCall call, Attempt attempt)
    {
        var trailers = attempt.Response!.TrailingHeaders.NonValidated;
        if (trailers.Count == 0) return;
        var supported = call.Http.Response.SupportsTrailers();
        foreach (var trailer in trailers)
        {
            if (call.IsGrpc && trailer.Key.Equals("grpc-status", StringComparison.OrdinalIgnoreCase)) GrpcStatus.Note(call, trailer.Value.ToString());
            if (supported && !HopByHop.Is(trailer.Key)) call.Http.Response.AppendTrailer(trailer.Key, ResponseHead.Value(trailer.Value));
        }
    }

    private static RelayEnd Read(Exception exception, GatewayCall call, Attempt attempt, bool fromUpstream)
    {
        switch (attempt.Scope.Cause)
        {
            // The time for headers ran out just when they came. Nothing has been sent: as good as no answer.
            case CancelCause.AttemptTimeout or CancelCause.Deadline when !call.Http.Response.HasStarted:
                (var failure, var late) = FailureReader.Read(exception, attempt.Scope);
                attempt.Fail(failure, late);
                return RelayEnd.UpstreamBroke;
            case CancelCause.CallerGone or CancelCause.CallerBody:
                return RelayEnd.CallerGone;
            case CancelCause.Shutdown:
                return RelayEnd.Shutdown;
            case CancelCause.Deadline:
                attempt.Fail(UpstreamFailure.Timeout, "the caller's deadline passed");
                return RelayEnd.Deadline;
            case CancelCause.Idle when fromUpstream:
                attempt.Fail(UpstreamFailure.Timeout, "the body was silent for too long");
                return RelayEnd.UpstreamBroke;
        }

        if (!fromUpstream) return RelayEnd.CallerGone;
        var (_, reason) = FailureReader.Read(exception, attempt.Scope);
        attempt.Fail(UpstreamFailure.Broken, exception is HttpIOException { HttpRequestError: HttpRequestError.ResponseEnded } ? "the body ended too early" : reason);
        return RelayEnd.UpstreamBroke;
    }

    private static void Return(ref byte[]? buffer)
    {
        if (buffer is not null) ArrayPool<byte>.Shared.Return(buffer);
        buffer = null;
    }
}
