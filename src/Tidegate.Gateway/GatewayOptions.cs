namespace Tidegate.Gateway;

/// <summary>Process settings of the traffic port. Ranges and flags are documented at the executable's <c>ProcessOptions</c>.</summary>
public sealed record GatewayOptions
{
    /// <summary>Addresses to listen on. <c>https</c> needs <see cref="CertificateDirectory"/>.</summary>
    public IReadOnlyList<Uri> Listen { get; init; } = [new("http://127.0.0.1:8080")];

    /// <summary>PEM certificates chosen by SNI, reloaded on change.</summary>
    public string? CertificateDirectory { get; init; }

    /// <summary>Zone of this node; null when zones are not used.</summary>
    public string? Zone { get; init; }

    /// <summary>Proxies (addresses or CIDR) whose <c>X-Forwarded-*</c> headers are believed.</summary>
    public IReadOnlyList<string> TrustedProxies { get; init; } = [];

    /// <summary>Longest wait for calls in flight at shutdown. Default 30 s.</summary>
    public TimeSpan Drain { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long <c>/readyz</c> is red before the port stops taking connections. Default 0; set it to the load balancer's probe interval.</summary>
    public TimeSpan DrainDelay { get; init; }

    /// <summary>How long connections without a call stay open after the port was closed, so that a request on its way still gets its answer. Default 1 s; 0 closes them at once.</summary>
    public TimeSpan IdleGrace { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest time for the head of a request, and for the first byte of a connection: slow-loris. Default 15 s.</summary>
    internal TimeSpan HeadersTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Share of calls traced when the caller did not decide, 0 to 1. Default 0.01.</summary>
    public double TraceShare { get; init; } = 0.01;
}
