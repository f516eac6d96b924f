using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Tidegate.Core.Ports;
using Tidegate.Insight.Indicators.Counting;
using Tidegate.Insight.Indicators.Otlp;
using Tidegate.Insight.Indicators.Probes;
using Tidegate.Insight.Indicators.Probes.Kinds;
using Tidegate.Insight.Indicators.Prometheus;
using Tidegate.Insight.Indicators.Pushed;
using Tidegate.Insight.Indicators.Series;
using Tidegate.Platform.Hosting;
using Tidegate.Platform.Storage;

namespace Tidegate.Insight.Indicators;

/// <summary>Good and bad events: counted from the gateway's own calls, exactly, and taken from outside; kept by the minute and longer.</summary>
public sealed class IndicatorsModule : Module
{
    /// <summary>The product word.</summary>
    public const string Word = "Indicators";

    /// <summary>Pushing metrics and counts. A token for a program outside has this scope and no other.</summary>
    public static Permission Push { get; } = new("indicators.push", Role.Operator, "Push metrics over OTLP, and counts of events, that objectives are judged by.");

    /// <summary>Seeing probes.</summary>
    public static Permission Read { get; } = new("indicators.read", Role.Viewer, "See probes, and how each went last.");

    /// <inheritdoc/>
    public override string Name => Word;

    /// <inheritdoc/>
    public override IReadOnlyList<Permission> Permissions => [Push, Read];

    /// <inheritdoc/>
    public override void Register(IServiceCollection services, ProcessOptions options)
    {
        services.AddSingleton<CallCounter>();
        services.AddSingleton<ICallCounter>(static p => p.GetRequiredService<CallCounter>());
        services.AddSingleton<IIndicatorSource, CallSource>();
        services.AddSingleton<PrometheusSource>();
        services.AddSingleton<IIndicatorSource>(static p => p.GetRequiredService<PrometheusSource>());
        services.AddHostedService<PrometheusPolling>();
        services.AddSingleton<OtlpSource>().AddSingleton<OtlpReceiver>();
        services.AddSingleton<IIndicatorSource>(static p => p.GetRequiredService<OtlpSource>());
        if (options.OtlpGrpc is not null) services.AddGrpc(static grpc => grpc.MaxReceiveMessageSize = OtlpEndpoint.MostRequest);
        services.AddSingleton<PushedSource>();
        services.AddSingleton(p => new PushStore(p.GetRequiredService<StateStore>(), p.GetRequiredService<SeriesStore>(), p.GetRequiredService<SeriesHub>(), p.GetRequiredService<TimeProvider>(), options.Database is not null));
        services.AddSingleton<IIndicatorSource>(static p => p.GetRequiredService<PushedSource>());
        services.AddSingleton<ProbeSource>();
        services.AddSingleton<IIndicatorSource>(static p => p.GetRequiredService<ProbeSource>());
        services.AddSingleton<IProbe, HttpProbe>().AddSingleton<IProbe, TcpProbe>().AddSingleton<IProbe, DnsProbe>().AddSingleton<IProbe, GrpcProbe>();
        services.AddSingleton<IProbe>(static p => new ModelProbe(p.GetService<IModelAsking>()));
        services.AddSingleton<IProbe>(static p => new TlsProbe(p.GetRequiredService<TimeProvider>()));
        services.AddHostedService<ProbeRounds>();
        services.AddSingleton(static _ => new SeriesHub(new SeriesBook(NewWriter)));
        services.AddSingleton<SeriesStore>();
        services.AddSingleton(p => new SeriesPeers(p.GetRequiredService<SeriesStore>(), p.GetRequiredService<SeriesHub>(), options.Database is not null));
        services.AddSingleton(static p => new SeriesHistory(p.GetRequiredService<SeriesStore>(), p.GetRequiredService<SeriesPeers>()));
        services.AddSingleton<SeriesHealth>();
        services.AddSingleton<IModuleHealth>(static p => p.GetRequiredService<SeriesHealth>());
        services.AddSingleton<SeriesTick>();
        services.AddSingleton<IHostedService>(static p => p.GetRequiredService<SeriesTick>());
        services.AddHostedService<SeriesCoarsening>();
    }

    /// <inheritdoc/>
    public override void MapRoot(IEndpointRouteBuilder root)
    {
        ArgumentNullException.ThrowIfNull(root);
        OtlpEndpoint.Map(root);
        if (root.ServiceProvider.GetRequiredService<ProcessOptions>().OtlpGrpc is not null) root.MapGrpcService<OtlpMetricsService>().RequirePermission(Push);
    }

    /// <inheritdoc/>
    public override void Map(IEndpointRouteBuilder api)
    {
        PushEndpoints.Map(api);
        ProbeEndpoints.Map(api);
    }

    /// <inheritdoc/>
    public override void Tables(ModelBuilder model)
    {
        model.Entity<PushRow>(table =>
        {
            table.ToTable("indicators_pushes");
            table.HasIndex(row => row.At);
        });
        model.Entity<PushedRow>(table =>
        {
            table.ToTable("indicators_pushed");
            table.HasKey(row => row.Sequence);
            table.Property(row => row.Sequence).ValueGeneratedNever();
            table.HasIndex(row => row.At);
        });
        model.Entity<SeriesRow>(table =>
        {
            table.ToTable("indicators_series");
            table.Property(row => row.Id).ValueGeneratedNever();
            table.HasIndex(row => row.Name).IsUnique();
        });
        model.Entity<CountRow>(table =>
        {
            table.ToTable("indicators_counts");
            table.HasKey(row => new { row.Series, row.Step, row.Start, row.Writer });
            table.HasIndex(row => new { row.Step, row.Start });
        });
        model.Entity<CoverageRow>(table =>
        {
            table.ToTable("indicators_coverage");
            table.HasKey(row => row.Series);
        });
    }

    // Odd, for 0 and 2 are taken (SeriesBook); two of the same in one minute of one series would have to meet in 2^62.
    private static long NewWriter() => (BitConverter.ToInt64(RandomNumberGenerator.GetBytes(8)) & long.MaxValue) | 1;
}
