using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry.Metrics;
using Tidegate.Core.Ports;
using Tidegate.Insight.Bodies.Endpoints;
using Tidegate.Insight.Bodies.Files;
using Tidegate.Insight.Bodies.Writing;
using Tidegate.Platform.Hosting;

namespace Tidegate.Insight.Bodies;

/// <summary>The log of bodies: what was said to models and what they answered, masked, for calls whose Model wants it; apart from the call log, with its own retention and permission.</summary>
public sealed class BodiesModule : Module
{
    /// <summary>The product word.</summary>
    public const string Word = "Bodies";

    /// <summary>People's own words, if without secrets.</summary>
    public static Permission Read { get; } = new("calls.bodies", Role.Operator, "Read the bodies that were kept of calls of models.");

    /// <summary>Erasure.</summary>
    public static Permission Erase { get; } = new("calls.erase", Role.Admin, "Erase the records and bodies of a consumer's calls.");

    /// <inheritdoc/>
    public override string Name => Word;

    /// <inheritdoc/>
    public override IReadOnlyList<Permission> Permissions => [Read, Erase];

    /// <inheritdoc/>
    public override void Register(IServiceCollection services, ProcessOptions options)
    {
        services.AddSingleton(BodiesOptions.From(options));
        services.AddSingleton<BodySink>();
        services.AddSingleton<IBodySink>(static p => p.GetRequiredService<BodySink>());
        services.AddSingleton<BodiesHealth>();
        services.AddSingleton<IModuleHealth>(static p => p.GetRequiredService<BodiesHealth>());
        services.AddSingleton<BodyArchive>().AddSingleton<BodyWriter>().AddSingleton<BodyMetrics>();
        services.AddSingleton(static p => new BodyStore(p.GetRequiredService<BodyArchive>(), p.GetRequiredService<BodyWriter>()));
        services.ConfigureOpenTelemetryMeterProvider(static (p, metrics) => metrics.AddMeter(BodyMetricNames.Meter).AddInstrumentation(p.GetRequiredService<BodyMetrics>));
        services.AddSingleton<IHostedService>(static p => p.GetRequiredService<BodyWriter>());
    }

    /// <inheritdoc/>
    public override void Map(IEndpointRouteBuilder api) => BodyEndpoints.Map(api);
}
