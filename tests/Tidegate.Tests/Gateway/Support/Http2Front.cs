using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Tidegate.Gateway.Request;

namespace Tidegate.Tests.Gateway.Support;

/// <summary>The application of a gateway on a port of its own that speaks HTTP/2 in clear text, which the traffic port does over TLS only.</summary>
internal sealed class Http2Front : IAsyncDisposable
{
    private readonly WebApplication _shell;

    private Http2Front(WebApplication shell, Uri address)
    {
        _shell = shell;
        Address = address;
    }

    public Uri Address { get; }

    public static async Task<Http2Front> StartAsync(TestGateway gateway)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0, l => l.Protocols = HttpProtocols.Http2));
        var shell = builder.Build();
        var server = shell.Services.GetRequiredService<IServer>();
        await server.StartAsync(gateway.Get<GatewayApplication>(), TestContext.Current.CancellationToken);
        return new Http2Front(shell, new Uri(server.Features.Get<IServerAddressesFeature>()!.Addresses.Single()));
    }

    public ValueTask DisposeAsync() => _shell.DisposeAsync();
}
