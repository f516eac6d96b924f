using Tidegate.Platform.Hosting;

namespace Tidegate.Hosting.Settings;

/// <summary>What must hold between settings.</summary>
internal static class ProcessRules
{
    /// <summary>One sentence per broken rule.</summary>
    public static IEnumerable<string> Check(ProcessOptions options)
    {
        if (options.Watch && options.ConfigDirectory is null) yield return "--watch: there is no --config directory to watch.";
        if (options.CertificateDirectory is null && options.Listen.Any(address => address.Scheme == "https"))
            yield return "--listen: https needs certificates; name their directory with --certificates.";
        if (options.Admin.Scheme == "https") yield return "--admin: https is not supported there yet; keep it on loopback, or put a TLS proxy in front.";
        if (options.Admin.Port != 0 && options.Listen.Any(address => address.Port == options.Admin.Port))
            yield return $"--admin: port {options.Admin.Port} is taken by --listen; traffic and administration need a port each.";
        if (options.OtlpGrpc is { Scheme: "https" }) yield return "--otlp-grpc: https is not supported there yet; keep it on loopback, or put a TLS proxy in front.";
        if (options.OtlpGrpc is { Port: > 0 and var grpc } && options.Listen.Append(options.Admin).Any(address => address.Port == grpc))
            yield return $"--otlp-grpc: port {grpc} is taken by --listen or --admin; gRPC needs one of its own.";
        var twice = options.Listen.Where(address => address.Port != 0).GroupBy(address => address.Authority, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1);
        if (twice is not null) yield return $"--listen: {twice.Key} is named twice.";
    }
}
