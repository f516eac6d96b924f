using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Tidegate.Core.Calls;
using Tidegate.Core.Ports;
using Tidegate.Gateway.Request.Match;
using Tidegate.Gateway.Snapshot;

namespace Tidegate.Gateway.Request.Record;

/// <summary>Begins and ends the record of a call: exact counters in memory first, then the call log.</summary>
internal sealed class RecordStage(SnapshotHolder holder, ICallCounter counter, ICallSink sink, CallMetrics metrics, CallTracing tracing, IRandomSource random, TimeProvider time)
{
    /// <summary>Most characters of a path that are kept.</summary>
    public const int MaxPath = 2048;

    /// <summary>Gives the call its id, its clock and its snapshot.</summary>
    public void Begin(GatewayCall call)
    {
        var now = time.GetUtcNow();
        call.StartTimestamp = time.GetTimestamp();
        holder.Enter(call);
        call.Counters = metrics.NoRoute;
        var request = call.Http.Request;
        call.Requested = RequestTarget.Of(call.Http.Features.Get<IHttpRequestFeature>()!.RawTarget);
        call.Scheme = request.Scheme;
        call.IsGrpc = request.ContentType is { } type && type.StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase) && !type.StartsWith("application/grpc-web", StringComparison.OrdinalIgnoreCase);
        call.Record = new CallRecord
        {
            Id = CallId.New(now, random),
            StartedAt = now,
            Method = request.Method,
            Host = call.Texts.Host(request),
            Path = PathOf(call.Requested, request),
            Protocol = request.Protocol,
            Kind = call.IsGrpc ? "grpc" : "http",
            Revision = call.Snapshot?.Config.Revision ?? 0,
        };
        tracing.Begin(call);
    }

    /// <summary>Gives a copy of a call its clock, and the snapshot in force now: what was at the call's begin may have been taken apart.</summary>
    public void BeginCopy(GatewayCall copy)
    {
        copy.StartTimestamp = time.GetTimestamp();
        holder.Enter(copy);
    }

    /// <summary>The copy has ended.</summary>
    public static void EndCopy(GatewayCall copy) => SnapshotHolder.Leave(copy);

    /// <summary>Tells of the call.</summary>
    public void End(GatewayCall call)
    {
        var record = call.Record;
        record.DurationUs = Ticks.Microseconds(time, time.GetTimestamp() - call.StartTimestamp);
        record.ClientIp = call.ClientText;
        record.Status = StatusOf(call);
        if (record.FirstByteUs < 0 && record.ResponseBytes > 0) record.FirstByteUs = record.DurationUs; // an answer of our own, written in one piece
        metrics.Add(record, call.Counters);
        CallTracing.End(call);
        call.Bodies?.End(call);
        counter.Count(record);
        sink.TryWrite(record);
        SnapshotHolder.Leave(call);
    }

    // What the caller saw: a status that never left is none.
    private static int StatusOf(GatewayCall call)
    {
        if (call.Http.Response.HasStarted || call.Record.Outcome != CallOutcome.ClientCancelled) return call.Http.Response.StatusCode;
        return StatusCodes.Status499ClientClosedRequest;
    }

    // The path without its query; the server keeps a string of it for requests that repeat. Where its reading (decoded, dots resolved) differs, ours counts.
    private static string PathOf(in RequestTarget target, HttpRequest request)
    {
        var path = target.Path;
        if (path.Length > MaxPath) path = path[..MaxPath];
        if (path.Length == target.Text.Length) return target.Text;
        return request.Path.Value is { } known && path.SequenceEqual(known) ? known : path.ToString();
    }
}
