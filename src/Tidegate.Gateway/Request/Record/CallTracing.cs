using System.Diagnostics;
using System.Globalization;
using Tidegate.Core.Calls;
using Tidegate.Core.Ports;

namespace Tidegate.Gateway.Request.Record;

/// <summary>Where a call stands in its trace (W3C Trace Context). The gateway is a span between caller and upstream; it is exported when somebody listens.</summary>
internal sealed class CallTracing(GatewayOptions options, IRandomSource random) : IDisposable
{
    private readonly ActivitySource _source = new(CallMetricNames.Meter);

    /// <summary>Reads the caller's position, takes the next one, and tells the upstream.</summary>
    public void Begin(GatewayCall call)
    {
        var headers = call.Http.Request.Headers;
        var sent = headers.TraceParent;
        var fromCaller = TraceContext.TryParse(sent.Count == 1 ? sent.ToString() : default(ReadOnlySpan<char>), headers.TraceState.Count == 0 ? null : headers.TraceState.ToString(), out var parent);
        var own = fromCaller ? parent.Child(random) : TraceContext.Start(random, random.NextDouble() < options.TraceShare);
        if (_source.HasListeners()) own = Listen(call, fromCaller ? parent : null, own);

        (call.Record.TraceId, call.Record.SpanId) = (own.TraceId, own.SpanId);
        call.Upstream.Set("traceparent", own.ToTraceparent());
        call.Upstream.Set("tracestate", own.TraceState.Length > 0 ? own.TraceState : null);
    }

    /// <summary>Ends the span.</summary>
    public static void End(GatewayCall call)
    {
        if (call.Activity is not { } activity) return;
        call.Activity = null;
        var record = call.Record;
        activity.DisplayName = record.Route.Length > 0 ? $"{record.Method} {record.Route}" : record.Method;
        activity.SetTag("http.request.method", record.Method).SetTag("url.path", record.Path).SetTag("server.address", record.Host)
            .SetTag("http.response.status_code", record.Status).SetTag("client.address", record.ClientIp).SetTag("network.protocol.name", record.Protocol)
            .SetTag("tidegate.call_id", call.IdText).SetTag("tidegate.route", record.Route).SetTag("tidegate.service", record.Service)
            .SetTag("tidegate.destination", record.Destination).SetTag("tidegate.outcome", record.Outcome.Word()).SetTag("tidegate.attempts", record.AttemptCount);
        if (record.Consumer.Length > 0) activity.SetTag("tidegate.consumer", record.Consumer);
        if (record.Outcome.IsServiceFailure()) activity.SetStatus(ActivityStatusCode.Error, record.Error);
        activity.Dispose();
    }

    /// <inheritdoc/>
    public void Dispose() => _source.Dispose();

    private TraceContext Listen(GatewayCall call, TraceContext? parent, TraceContext own)
    {
        // A trace of our own begins with an id of our own; the listener's sampler decides by its flag.
        var context = parent is { } p ? ContextOf(p) : ContextOf(own) is var c ? new ActivityContext(c.TraceId, default, c.TraceFlags) : default;
        var activity = _source.CreateActivity("call", ActivityKind.Server, context, idFormat: ActivityIdFormat.W3C);
        if (activity is null) return own;
        call.Activity = activity.Start();
        return own with { SpanId = ulong.Parse(activity.SpanId.ToHexString(), NumberStyles.HexNumber), TraceId = UInt128.Parse(activity.TraceId.ToHexString(), NumberStyles.HexNumber) };
    }

    private static ActivityContext ContextOf(TraceContext context) => new(
        ActivityTraceId.CreateFromString(TraceContext.Text(context.TraceId)), ActivitySpanId.CreateFromString(TraceContext.Text(context.SpanId)),
        context.Sampled ? ActivityTraceFlags.Recorded : ActivityTraceFlags.None, context.TraceState.Length > 0 ? context.TraceState : null, isRemote: true);
}
