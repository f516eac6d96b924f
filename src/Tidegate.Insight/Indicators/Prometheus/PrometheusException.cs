namespace Tidegate.Insight.Indicators.Prometheus;

/// <summary>A server did not answer, or not with what it was asked for. The message is a sentence for people.</summary>
internal sealed class PrometheusException(string message, PrometheusFault fault, string server) : Exception(message)
{
    /// <summary>Key of the server.</summary>
    public string Server { get; } = server;

    /// <summary>What to do about it.</summary>
    public PrometheusFault Fault { get; } = fault;
}
