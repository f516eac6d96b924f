using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Tidegate.Core.Calls;
using Tidegate.Core.Ports;
using Tidegate.Gateway.Request.Hygiene;
using Tidegate.Gateway.Request.Match;

namespace Tidegate.Gateway.Request.Record;

/// <summary>
/// Requests that the server answers itself (400, 408, 413, 414, 431, 505), because they are no HTTP, come too slowly or are too large. They are calls like others:
/// counted and logged, so that what callers see and what the call log says agree.
/// </summary>
internal sealed class MalformedRequests(ICallCounter counter, ICallSink sink, CallMetrics metrics, IRandomSource random, TimeProvider time, Meter meter) : IObserver<KeyValuePair<string, object?>>
{
    private const string BadRequest = "Microsoft.AspNetCore.Server.Kestrel.BadRequest";
    private readonly Counter<long> _refused = CallMetricNames.BadRequests.Counter(meter);

    /// <summary>Listens to the server.</summary>
    public IDisposable Follow(DiagnosticListener server) => server.Subscribe(this, static name => name == BadRequest);

    /// <inheritdoc/>
    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Value is not IFeatureCollection features || features.Get<IBadRequestExceptionFeature>()?.Error is not BadHttpRequestException bad) return;
        // What was wrong with a body shows after the answer, too, when the server reads what nobody had read: that call has its record.
        if (features.Get<IHttpResponseFeature>() is { HasStarted: true }) return;
        var now = time.GetUtcNow();
        var read = features.Get<IHttpRequestFeature>()!; // as far as it was read before it went wrong; the server forgets the request before it on the connection
        var record = new CallRecord
        {
            Id = CallId.New(now, random), StartedAt = now, Status = bad.StatusCode, Outcome = CallOutcome.BadRequest, Error = WithoutDetail(bad.Message), Why = "hygiene: server",
            Method = read.Method ?? "", Path = PathOf(read.RawTarget), Host = HostName.WithoutPort(read.Headers.Host.ToString()).ToString(), Protocol = "HTTP/1.1",
            ClientIp = features.Get<IHttpConnectionFeature>()?.RemoteIpAddress is { } address ? AddressText.Of(address) : "",
        };
        _refused.Add(1, new KeyValuePair<string, object?>("reason", "server_" + bad.StatusCode));
        metrics.Add(record, metrics.NoRoute);
        counter.Count(record);
        sink.TryWrite(record);
    }

    private static string PathOf(string? target)
    {
        if (string.IsNullOrEmpty(target)) return "";
        var path = RequestTarget.Of(target).Path;
        return path[..Math.Min(path.Length, RecordStage.MaxPath)].ToString();
    }

    // The server quotes what it refuses, where it logs at all; that may be a credential.
    private static string WithoutDetail(string message)
    {
        var quote = message.IndexOf('\'', StringComparison.Ordinal);
        return quote < 0 ? message : message[..quote].TrimEnd(' ', ':') + ".";
    }

    /// <inheritdoc/>
    public void OnCompleted()
    {
    }

    /// <inheritdoc/>
    public void OnError(Exception error)
    {
    }
}
