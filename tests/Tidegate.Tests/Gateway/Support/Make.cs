using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.Extensions.Time.Testing;
using Tidegate.Core.Calls;
using Tidegate.Core.Resources.Services;
using Tidegate.Gateway;
using Tidegate.Gateway.Health;
using Tidegate.Gateway.Request;
using Tidegate.Gateway.Request.Balance;
using Tidegate.Gateway.Request.Guard;
using Tidegate.Gateway.Snapshot;

namespace Tidegate.Tests.Gateway.Support;

/// <summary>Pieces of the data path for tests that need no sockets: a service with its destinations, a call, a clock and chance of their own.</summary>
internal sealed class Make
{
    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero));

    public TestRandom Random { get; set; } = new();

    public CollectingLog Log { get; } = new();

    public string? Zone { get; set; }

    public long Now => Time.GetTimestamp();

    /// <summary>A service of destinations a, b, c, ... unless the document names others.</summary>
    public ServiceModel Service(int destinations, Func<ServiceConfig, ServiceConfig>? change = null, ServiceModel? previous = null)
    {
        var config = new ServiceConfig
        {
            Destinations = [.. Enumerable.Range(0, destinations).Select(i => new DestinationConfig { Name = ((char)('a' + i)).ToString(), Address = new Uri($"http://10.0.0.{i + 1}:80") })],
        };
        var resource = Config.Service("svc", change is null ? config : change(config));
        var events = new DestinationEvents(new Microsoft.Extensions.Logging.Logger<DestinationEvents>(new Microsoft.Extensions.Logging.LoggerFactory([Log])), new Meter(CallMetricNames.Meter));
        return new ServiceBuilder(Time, Random, new TestSecrets(), events).Build(resource, previous, new FindingList())!;
    }

    public BalanceStage Balance() => new(new EligibleSetBuilder(new GatewayOptions { Zone = Zone }, Time), Random, Time);

    public static GatewayCall Call(string ip = "192.0.2.1")
    {
        var call = new GatewayCall { Record = new CallRecord { ClientIp = ip } };
        call.Http.Connection.RemoteIpAddress = IPAddress.Parse(ip);
        return call;
    }

    /// <summary>How often each destination is chosen, by name.</summary>
    public Dictionary<string, int> Spread(ServiceModel service, int calls, Func<int, GatewayCall>? call = null)
    {
        var balance = Balance();
        var counts = service.Destinations.ToDictionary(d => d.Name, _ => 0);
        for (var i = 0; i < calls; i++)
            if (balance.Choose(call?.Invoke(i) ?? Call(), service, Now).Destination is { } destination) counts[destination.Name]++;
        return counts;
    }
}
