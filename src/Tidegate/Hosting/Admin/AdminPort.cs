using System.Net;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Tidegate.Platform.Hosting;
using Tidegate.Platform.Security;

namespace Tidegate.Hosting.Admin;

/// <summary>The admin port: modules' endpoints, every error as problem+json, limits on size and time.</summary>
internal static class AdminPort
{
    /// <summary>Longest request; streaming endpoints switch it off for themselves.</summary>
    private static readonly TimeSpan RequestLimit = TimeSpan.FromSeconds(60);

    /// <summary>Largest body: a document of 50,000 routes is about 25 MB.</summary>
    public const long BodyLimit = 32L << 20;

    /// <summary>Registers server, errors and limits.</summary>
    public static void Register(WebApplicationBuilder builder, ProcessOptions options)
    {
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Listen(kestrel, options)).ConfigureKestrel(Limit);
        builder.Services.AddRoutingCore();
        builder.Services.ConfigureHttpJsonOptions(json => ApiJson.ConfigureRequests(json.SerializerOptions));
        // Unreadable requests reach the exception handler, which answers with what is wrong.
        builder.Services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        builder.Services.AddRequestTimeouts(timeouts => timeouts.DefaultPolicy = new RequestTimeoutPolicy { Timeout = RequestLimit });
        builder.Services.AddSingleton<IExceptionHandler, ProblemHandler>();
        builder.Services.AddExceptionHandler(handler => handler.ExceptionHandler = UnexpectedError.AnswerAsync);
        builder.Services.AddApiDocument();
    }

    /// <summary>Maps everything the modules bring.</summary>
    public static void Map(WebApplication app, IReadOnlyList<Module> modules)
    {
        app.UseMiddleware<SecurityHeaders>();
        app.Use(GrpcPort.OnlyMetricsAsync);
        app.UseExceptionHandler();
        app.UseStatusCodePages(EmptyAnswer.ExplainAsync);
        app.UseRouting();
        app.UseRequestTimeouts();
        app.UseSecurity();
        app.Use(BodyReview.KeepAsync);
        var api = app.MapGroup("/api/v1");
        foreach (var module in modules)
        {
            module.Map(api.MapGroup("").WithTags(module.Name));
            module.MapRoot(app);
        }
    }

    // All addresses in one way: of two ways Kestrel takes one, and says that it overrides the other. The admin's is the first.
    private static void Listen(KestrelServerOptions kestrel, ProcessOptions options)
    {
        Listen(kestrel, options.Admin, HttpProtocols.Http1);
        if (options.OtlpGrpc is { } grpc) Listen(kestrel, grpc, HttpProtocols.Http2);
    }

    private static void Listen(KestrelServerOptions kestrel, Uri address, HttpProtocols protocols)
    {
        void Speak(ListenOptions listen) => listen.Protocols = protocols;
        if (IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip)) kestrel.Listen(ip, address.Port, Speak);
        else if (address.Host == "localhost") kestrel.ListenLocalhost(address.Port, Speak);
        else kestrel.ListenAnyIP(address.Port, Speak);
    }

    private static void Limit(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = BodyLimit;
        kestrel.Limits.MaxConcurrentConnections = 1_000;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
    }
}
