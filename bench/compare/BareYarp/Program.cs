// The yardstick: YARP as its getting-started page shows it. Arguments: address to listen on, upstream address, and `knobs` for Tidegate's socket settings.
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Yarp.ReverseProxy.Configuration;

var builder = WebApplication.CreateBuilder();
builder.Logging.SetMinimumLevel(LogLevel.Warning);
builder.WebHost.UseUrls(args[0]);
if (args.Contains("knobs"))
{
    builder.Services.Configure<SocketTransportOptions>(sockets =>
    {
        sockets.WaitForDataBeforeAllocatingBuffer = false;
    });
}

var destinations = new Dictionary<string, DestinationConfig> { ["upstream"] = new() { Address = args[1] } };
builder.Services.AddReverseProxy().LoadFromMemory(
    [new RouteConfig { RouteId = "all", ClusterId = "all", Match = new RouteMatch { Path = "/{**path}" } }],
    [new ClusterConfig { ClusterId = "all", Destinations = destinations }]);

var app = builder.Build();
app.MapReverseProxy();
app.Run();
