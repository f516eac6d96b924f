using System.Diagnostics.Metrics;
using Tidegate.Core.Calls;

namespace Tidegate.Gateway.Listen;

/// <summary>
/// The log of the server, and an ear for the HTTP/2 requests it refuses by resetting a stream or closing the connection: of them it tells nobody else. They have
/// no answer and so no record, but they are counted, by whatever level the operator logs.
/// </summary>
internal sealed class ServerLog(ILoggerFactory inner, Meter meter) : ILoggerFactory
{
    private const string Http2Category = "Microsoft.AspNetCore.Server.Kestrel.Http2";
    private readonly Counter<long> _refused = CallMetricNames.BadRequests.Counter(meter);

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName)
    {
        var logger = inner.CreateLogger(categoryName);
        return categoryName == Http2Category ? new Ear(logger, _refused) : logger;
    }

    /// <inheritdoc/>
    public void AddProvider(ILoggerProvider provider) => inner.AddProvider(provider);

    /// <inheritdoc/>
    public void Dispose()
    {
        // The log is the host's.
    }

    private sealed class Ear(ILogger inner, Counter<long> refused) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => inner.BeginScope(state);

        // Errors are told at this level; frames, of which there are many, below it.
        public bool IsEnabled(LogLevel logLevel) => logLevel == LogLevel.Debug || inner.IsEnabled(logLevel);

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (Reason(eventId.Name, state) is { } reason) refused.Add(1, new KeyValuePair<string, object?>("reason", reason));
            if (inner.IsEnabled(logLevel)) inner.Log(logLevel, eventId, state, exception, formatter);
        }

        private static string? Reason<TState>(string? name, TState state) => name switch
        {
            "Http2StreamError" => "http2_stream",
            "Http2StreamResetAbort" when state is IReadOnlyList<KeyValuePair<string, object?>> values && IsProtocolError(values) => "http2_stream",
            "Http2ConnectionError" or "HPackDecodingError" => "http2_connection",
            _ => null,
        };

        // Streams are reset for other reasons too: an answer that broke off, a body nobody reads.
        private static bool IsProtocolError(IReadOnlyList<KeyValuePair<string, object?>> values)
        {
            foreach (var (name, value) in values)
                if (name == "error" && value?.ToString() == "PROTOCOL_ERROR") return true;
            return false;
        }
    }
}
