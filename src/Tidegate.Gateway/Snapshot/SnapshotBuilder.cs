using Tidegate.Core.Ports;
using Tidegate.Gateway.Request.Admit.Limits;
using Tidegate.Gateway.Request.Identify;
using Tidegate.Gateway.Request.Match;
using Tidegate.Gateway.Request.Record;

namespace Tidegate.Gateway.Snapshot;

/// <summary>Builds the next snapshot from a configuration and the snapshot before it, off the hot path.</summary>
internal sealed class SnapshotBuilder(ISecretSource secrets, ServiceBuilder services, ModelBuilder models, CallMetrics metrics, TimeProvider time, ILoggerFactory loggers)
{
    private readonly ServiceBuilder _services = services;
    private readonly SecretResolver _secrets = new(secrets);

    /// <summary>The new snapshot, or null with the reasons.</summary>
    public GatewaySnapshot? Build(ActiveConfig config, GatewaySnapshot? previous, FindingList findings)
    {
        var oldServices = previous?.Services.ToDictionary(s => s.Name, StringComparer.Ordinal) ?? [];
        var built = new Dictionary<string, ServiceModel>(StringComparer.Ordinal);
        foreach (var resource in config.Document.Services)
            if (_services.Build(resource, oldServices.GetValueOrDefault(resource.Metadata.Name), findings) is { } service) built[service.Name] = service;
        foreach (var resource in config.Document.Services)
        {
            if (resource.Spec.Resilience.Fallback?.Service is not { } name || !built.TryGetValue(resource.Metadata.Name, out var service)) continue;
            if (built.TryGetValue(name, out var fallback)) service.Fallback = fallback;
            else findings.Error(resource, "unknown_reference", "spec.resilience.fallback.service", $"There is no Service/{name}.");
        }

        var limits = new LimitRules(time);
        var routeBuilder = new RouteBuilder(_secrets, new TokenRuleSet(previous, time, loggers), limits, metrics, time);
        var oldRoutes = previous?.Routes.Routes.ToDictionary(r => r.Name, StringComparer.Ordinal) ?? [];
        var routes = new List<RouteModel>();
        foreach (var resource in config.Document.Routes)
            if (routeBuilder.Build(resource, built, oldRoutes.GetValueOrDefault(resource.Metadata.Name), findings) is { } route) routes.Add(route);

        var table = models.Build(config.Document, previous?.Models, findings);
        return findings.HasErrors ? null : new GatewaySnapshot(config, new RouteTable(routes), new CallerTable(config.Document.Consumers, config.Keys, previous?.Callers, limits), [.. built.Values], table);
    }
}
