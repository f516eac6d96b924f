// The yardstick: YARP as its getting-started page shows it. Arguments: address to listen on, upstream address.
using Yarp.ReverseProxy.Configuration;

var builder = WebApplication.CreateBuilder();
builder.Logging.SetMinimumLevel(LogLevel.Warning);
builder.WebHost.UseUrls(args[0]);
var destinations = new Dictionary<string, DestinationConfig> { ["upstream"] = new() { Address = args[1] } };
builder.Services.AddReverseProxy().LoadFromMemory(
    [new RouteConfig { RouteId = "all", ClusterId = "all", Match = new RouteMatch { Path = "/{**path}" } }],
    [new ClusterConfig { ClusterId = "all", Destinations = destinations }]);

var app = builder.Build();
app.MapReverseProxy();
app.Run();
