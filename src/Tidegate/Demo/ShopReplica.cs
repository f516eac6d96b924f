using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Tidegate.Core.Ports;

namespace Tidegate.Demo;

/// <summary>One replica of the sample shop: a real HTTP server on loopback, reliable or not.</summary>
internal sealed class ShopReplica : IAsyncDisposable
{
    private static readonly string[] Products = ["anchor", "buoy", "compass", "dinghy", "ensign", "fender"];
    private readonly WebApplication _app;

    private ShopReplica(WebApplication app) => _app = app;

    /// <summary>Where it listens, with its real port.</summary>
    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    /// <summary>Listens on a loopback port.</summary>
    /// <param name="name">Sent as <c>X-Replica</c>, so that balancing can be watched.</param>
    /// <param name="port">0 for any that is free.</param>
    /// <param name="trouble">Share of calls that go wrong, 0 to 1. When there is any, the first call that can be tried again elsewhere does: who looks at a new demo finds one.</param>
    /// <param name="random">Decides which.</param>
    /// <param name="time">For being slow.</param>
    /// <param name="cancel">Gives up starting.</param>
    public static async Task<ShopReplica> StartAsync(string name, int port, double trouble, IRandomSource random, TimeProvider time, CancellationToken cancel)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(static kestrel => kestrel.AddServerHeader = false).UseUrls($"http://127.0.0.1:{port}");
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IHostLifetime, Hosting.ForeignLifetime>();
        var app = builder.Build();
        var first = trouble > 0;
        app.UseRouting();
        app.Use(async (context, next) =>
        {
            context.Response.Headers["X-Replica"] = name;
            if (HttpMethods.IsGet(context.Request.Method) && context.Request.Path != "/healthz" && Interlocked.Exchange(ref first, false))
            {
                context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                return;
            }

            if (context.Request.Path != "/healthz" && random.NextDouble() < trouble)
            {
                await MisbehaveAsync(context, random, time);
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(2 + (random.NextDouble() * 15)), time, context.RequestAborted);
            await next();
        });
        app.MapGet("/healthz", () => TypedResults.Text("ok"));
        app.MapGet("/products", () => TypedResults.Json(Products));
        app.MapGet("/products/{product}", Results<JsonHttpResult<ProductAnswer>, NotFound> (string product) =>
            Products.Contains(product) ? TypedResults.Json(new ProductAnswer(product, 10 + product.Length, name)) : TypedResults.NotFound());
        app.MapPost("/orders", () => TypedResults.Json(new OrderAnswer(Guid.CreateVersion7(time.GetUtcNow()), name), statusCode: StatusCodes.Status201Created));
        app.MapGet("/reports/{report}", async (string report, CancellationToken stop) =>
        {
            await Task.Delay(TimeSpan.FromMilliseconds(400 + (random.NextDouble() * 1_600)), time, stop);
            return TypedResults.Json(new ReportAnswer(report, random.Next(1_000)));
        });
        try
        {
            await app.StartAsync(cancel);
            return new ShopReplica(app);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
    }

    // As real services do: mostly an honest 503, sometimes too slow, sometimes the connection is just gone.
    private static async Task MisbehaveAsync(HttpContext context, IRandomSource random, TimeProvider time)
    {
        switch (random.Next(10))
        {
            case < 6:
                context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                return;
            case < 9:
                await Task.Delay(TimeSpan.FromMilliseconds(700 + (random.NextDouble() * 1_500)), time, context.RequestAborted);
                context.Response.StatusCode = StatusCodes.Status500InternalServerError;
                return;
            default:
                context.Abort();
                return;
        }
    }

    internal sealed record ProductAnswer(string Name, int Price, string Replica);

    internal sealed record OrderAnswer(Guid Id, string Replica);

    internal sealed record ReportAnswer(string Name, int Rows);
}
