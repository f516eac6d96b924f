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
    private const long BodyLimit = 32L << 20;

    /// <summary>Registers server, errors and limits.</summary>
    public static void Register(WebApplicationBuilder builder, ProcessOptions options)
    {
        builder.WebHost.UseKestrelCore().UseUrls(options.Admin.GetLeftPart(UriPartial.Authority)).ConfigureKestrel(Limit);
        if (options.OtlpGrpc is { } grpc) builder.WebHost.ConfigureKestrel(kestrel => GrpcPort.Listen(kestrel, options.Admin, grpc));
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
        var api = app.MapGroup("/api/v1");
        foreach (var module in modules)
        {
            module.Map(api.MapGroup("").WithTags(module.Name));
            module.MapRoot(app);
        }
    }

    private static void Limit(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = BodyLimit;
        kestrel.Limits.MaxConcurrentConnections = 1_000;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
    }
}
