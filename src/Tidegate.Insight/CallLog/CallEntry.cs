using Tidegate.Core.Calls;

namespace Tidegate.Insight.CallLog;

/// <summary>A call as the API shows it. Durations in microseconds; null means "did not happen".</summary>
public sealed record CallEntry(
    string Id, string TraceId, string SpanId, DateTimeOffset StartedAt, long DurationUs, long? UpstreamFirstByteUs, long? FirstByteUs,
    string Route, string Service, string Version, string Consumer, string KeyId, string Destination, string Method, string Host, string Path,
    string ClientIp, string Protocol, string Kind, int Status, int? GrpcStatus, string Outcome, bool Failed, long RequestBytes, long ResponseBytes,
    string Error, string Why, long Revision, int Attempts)
{
    /// <summary>Prompt that was called; empty for none.</summary>
    public string Prompt { get; init; } = "";

    /// <summary>What the model used and cost that answered; null where no model was called.</summary>
    public UseEntry? Use { get; init; }

    /// <summary>What the other attempts cost; null where no model was called, or when it is not known.</summary>
    public decimal? OtherCost { get; init; }

    /// <summary>What the answer cache said: <c>hit</c>, <c>miss</c>; empty when it was not asked.</summary>
    public string Cache { get; init; } = "";

    /// <summary>The model declined, or its provider's filter did.</summary>
    public bool Refused { get; init; }

    /// <summary>The answer has the shape asked for; null when none was.</summary>
    public bool? SchemaValid { get; init; }

    /// <summary>Age of what was answered; null when it is not known.</summary>
    public long? AgeSeconds { get; init; }

    /// <summary>How a mirrored call compares with the one it mirrors; null for all others.</summary>
    public ShadowEntry? Shadow { get; init; }

    /// <summary>A call that has just ended.</summary>
    public static CallEntry Of(CallRecord call)
    {
        ArgumentNullException.ThrowIfNull(call);
        return new(
            call.Id.ToString("N"), TraceContext.Text(call.TraceId), TraceContext.Text(call.SpanId), AsStored(call.StartedAt), call.DurationUs, Happened(call.UpstreamFirstByteUs), Happened(call.FirstByteUs),
            call.Route, call.Service, call.Version, call.Consumer, call.KeyId, call.Destination, call.Method, call.Host, call.Path,
            call.ClientIp, call.Protocol, call.Kind, call.Status, call.GrpcStatus < 0 ? null : call.GrpcStatus, call.Outcome.Word(), call.Outcome.IsServiceFailure(),
            call.RequestBytes, call.ResponseBytes, call.Error, call.Why, call.Revision, call.AttemptCount)
        {
            Prompt = call.Prompt, Use = UseEntry.Of(call.Use), OtherCost = CallLog.OtherCost.Of(call), Shadow = ShadowEntry.From(call.Shadow),
            Cache = CallQuality.Cache(call), Refused = CallQuality.Refused(call), SchemaValid = CallQuality.SchemaValid(call), AgeSeconds = Happened(call.AgeSeconds),
        };
    }

    // In microseconds, so that a call says the same while it is followed and when it is asked for later.
    private static DateTimeOffset AsStored(DateTimeOffset at) => at.AddTicks(-(at.Ticks % TimeSpan.TicksPerMicrosecond));

    private static long? Happened(long us) => us < 0 ? null : us;
}
