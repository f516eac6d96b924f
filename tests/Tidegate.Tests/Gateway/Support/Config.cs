using System.Security.Cryptography;
using System.Text;
using Tidegate.Core.Ports;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Consumers;
using Tidegate.Core.Resources.Routes;
using Tidegate.Core.Resources.Services;

namespace Tidegate.Tests.Gateway.Support;

/// <summary>Short ways to write configuration documents in tests.</summary>
internal static class Config
{
    /// <summary>Routes that let anybody in.</summary>
    public static IdentifyConfig Anyone { get; } = new() { Anonymous = true };

    public static ConfigDocument Document(params Resource[] resources) => new(resources);

    /// <summary>One service and one route that sends everybody's calls there.</summary>
    public static ConfigDocument Single(params Uri[] destinations) => Document(Service("svc", destinations), Route("all", "svc"));

    public static Resource<ServiceConfig> Service(string name, params Uri[] destinations) => Service(name, new ServiceConfig
    {
        Destinations = [.. destinations.Select(d => new DestinationConfig { Address = d })],
        Resilience = new ResilienceConfig { Retry = new RetryConfig { MaxAttempts = 1 } },
    });

    public static Resource<ServiceConfig> Service(string name, ServiceConfig spec) => Make("Service", name, spec);

    /// <summary>A route open to anybody, with changes.</summary>
    public static Resource<RouteConfig> Route(string name, string service, Func<RouteConfig, RouteConfig>? change = null)
    {
        var spec = new RouteConfig { Service = service, Identify = Anyone };
        return Route(name, change is null ? spec : change(spec));
    }

    /// <summary>A route open to anybody that takes this path.</summary>
    public static Resource<RouteConfig> Path(string name, string path, string service) =>
        Route(name, service, r => r with { Match = new MatchConfig { Path = path } });

    public static Resource<RouteConfig> Route(string name, RouteConfig spec) => Make("Route", name, spec);

    public static Resource<ConsumerConfig> Consumer(string name, ConsumerConfig? spec = null) => Make("Consumer", name, spec ?? new ConsumerConfig());

    public static IssuedKey Key(string id, string consumer, string key, DateTimeOffset? expires = null, params string[] scopes) =>
        new(id, consumer, Hash(key), scopes, expires);

    /// <summary>Lower-case hex SHA-256 of a key text.</summary>
    public static string Hash(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    private static Resource<TSpec> Make<TSpec>(string kind, string name, TSpec spec)
        where TSpec : class => new()
        {
            ApiVersion = "tidegate/v1", Kind = kind, Metadata = new ResourceMetadata { Name = name }, Spec = spec,
        };
}
