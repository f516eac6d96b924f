using System.Diagnostics;
using System.Net;
using Microsoft.AspNetCore.Http.Features;
using Tidegate.Core.Calls;
using Tidegate.Core.Ports;
using Tidegate.Gateway.Request.Match;
using Tidegate.Gateway.Snapshot;

namespace Tidegate.Gateway.Request.Record;

/// <summary>Begins and ends the record of a call: exact counters in memory first, then the call log.</summary>
internal sealed class RecordStage(SnapshotHolder holder, ICallSink sink, IRandomSource random, TimeProvider time)
{
    /// <summary>Gives the call its id, its clock and its snapshot.</summary>
    public void Begin(GatewayCall call)
    {
        var now = time.GetUtcNow();
        call.StartTimestamp = time.GetTimestamp();
        holder.Enter(call);
        var request = call.Http.Request;
        call.Requested = RequestTarget.Of(call.Http.Features.Get<IHttpRequestFeature>()!.RawTarget);
        call.Scheme = request.Scheme;
        call.ClientAddress = call.Http.Connection.RemoteIpAddress ?? IPAddress.None;
        call.Record = new CallRecord
        {
            Id = CallId.New(now, random),
            StartedAt = now,
            Method = request.Method,
            Host = request.Host.Host,
            Path = request.Path.Value ?? "",
            Protocol = request.Protocol,
            Revision = call.Snapshot?.Config.Revision ?? 0,
        };
    }

    /// <summary>Tells of the call.</summary>
    public void End(GatewayCall call)
    {
        var record = call.Record;
        record.DurationUs = (time.GetTimestamp() - call.StartTimestamp) * 1_000_000 / time.TimestampFrequency;
        record.Status = call.Http.Response.StatusCode;
        Debug.Assert(record.Status >= 100 || record.Outcome != CallOutcome.Ok);
        sink.TryWrite(record);
        SnapshotHolder.Leave(call);
    }
}
