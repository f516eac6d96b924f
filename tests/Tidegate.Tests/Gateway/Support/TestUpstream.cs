using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Tidegate.Tests.Gateway.Support;

/// <summary>A well-behaved upstream: a Kestrel on a free port whose answer a test writes as a handler.</summary>
internal sealed class TestUpstream : IAsyncDisposable
{
    private readonly WebApplication _app;
    private int _requests;

    private TestUpstream(WebApplication app) => _app = app;

    /// <summary>Where it listens, without a path.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>Requests received so far.</summary>
    public int Requests => Volatile.Read(ref _requests);

    /// <summary>What it answers; may be replaced while running.</summary>
    public RequestDelegate Handler { get; set; } = null!;

    /// <summary>Starts one. HTTP/1.1 by default; HTTP/2 with prior knowledge or over TLS when asked.</summary>
    public static async Task<TestUpstream> StartAsync(
        RequestDelegate? handler = null, HttpProtocols protocols = HttpProtocols.Http1, X509Certificate2? certificate = null,
        Action<KestrelServerOptions>? kestrel = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(options =>
        {
            options.Limits.MaxRequestBodySize = null;
            kestrel?.Invoke(options);
            options.Listen(IPAddress.Loopback, 0, listen =>
            {
                listen.Protocols = protocols;
                if (certificate is not null) listen.UseHttps(certificate);
            });
        });
        var app = builder.Build();
        app.UseWebSockets();
        var upstream = new TestUpstream(app) { Handler = handler ?? (c => c.Response.WriteAsync("ok")) };
        app.Run(context =>
        {
            Interlocked.Increment(ref upstream._requests);
            return upstream.Handler(context);
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        upstream.Address = new Uri(((IApplicationBuilder)app).ServerFeatures.Get<IServerAddressesFeature>()!.Addresses.Single());
        return upstream;
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }
}
