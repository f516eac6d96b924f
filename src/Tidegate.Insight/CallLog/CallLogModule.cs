using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry.Metrics;
using Tidegate.Core.Ports;
using Tidegate.Insight.CallLog.Endpoints;
using Tidegate.Insight.CallLog.Querying;
using Tidegate.Insight.CallLog.Segments;
using Tidegate.Insight.CallLog.Sql;
using Tidegate.Insight.CallLog.Writing;
using Tidegate.Platform.Hosting;

namespace Tidegate.Insight.CallLog;

/// <summary>The log of calls: one record per call, kept by days and bytes, asked by filters, series and SQL.</summary>
public sealed class CallLogModule : Module
{
    /// <summary>The product word.</summary>
    public const string Word = "CallLog";

    /// <summary>Lists, series, single calls and the live tail.</summary>
    public static Permission Read { get; } = new("calls.read", Role.Viewer, "See the calls that went through the gateway.");

    /// <summary>Free SQL: it may take a processor for a while.</summary>
    public static Permission Sql { get; } = new("calls.sql", Role.Operator, "Ask the calls free questions in SQL, read-only.");

    /// <inheritdoc/>
    public override string Name => Word;

    /// <inheritdoc/>
    public override IReadOnlyList<Permission> Permissions => [Read, Sql];

    /// <inheritdoc/>
    public override void Register(IServiceCollection services, ProcessOptions options)
    {
        services.AddSingleton(CallLogOptions.From(options));
        services.AddSingleton<CallSink>();
        services.AddSingleton<ICallSink>(static p => p.GetRequiredService<CallSink>());
        services.AddSingleton<CallLogHealth>();
        services.AddSingleton<IModuleHealth>(static p => p.GetRequiredService<CallLogHealth>());
        services.AddSingleton<SegmentArchive>();
        services.AddSingleton<QueryRunner>();
        services.AddSingleton(SqlWorkerCommand.Own);
        services.AddSingleton<SqlRunner>();
        services.AddSingleton(static p => new CallStore(p.GetRequiredService<SegmentArchive>(), p.GetRequiredService<QueryRunner>(), p.GetRequiredService<SqlRunner>(), p.GetRequiredService<CallWriter>()));
        services.AddSingleton<CallTail>();
        services.AddSingleton<LiveCalls>();
        services.AddSingleton<ICallWatcher>(static p => p.GetRequiredService<CallTail>());
        services.AddSingleton<ICallWatcher>(static p => p.GetRequiredService<LiveCalls>());
        services.AddSingleton<CallWriter>();
        services.AddSingleton<CallLogMetrics>();
        services.ConfigureOpenTelemetryMeterProvider(static (p, metrics) => metrics.AddMeter(CallLogMetricNames.Meter).AddInstrumentation(p.GetRequiredService<CallLogMetrics>));
        services.AddSingleton<IHostedService>(static p => p.GetRequiredService<CallWriter>());
    }

    /// <inheritdoc/>
    public override void Map(IEndpointRouteBuilder api) => CallEndpoints.Map(api);
}
