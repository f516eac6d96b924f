using System.Buffers;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Tidegate.Core.Calls;
using Tidegate.Core.Ports;
using Tidegate.Gateway.Health;
using Tidegate.Gateway.Models;
using Tidegate.Gateway.Models.Asking;
using Tidegate.Gateway.Models.Bodies;
using Tidegate.Gateway.Models.Budgets;
using Tidegate.Gateway.Models.Buffers;
using Tidegate.Gateway.Models.Costs;
using Tidegate.Gateway.Models.Guarding.Webhooks;
using Tidegate.Gateway.Models.Hedging;
using Tidegate.Gateway.Models.Operations;
using Tidegate.Gateway.Models.Prompts;
using Tidegate.Gateway.Models.Queueing;
using Tidegate.Gateway.Models.Relay;
using Tidegate.Gateway.Models.Responses;
using Tidegate.Gateway.Models.Shadows;
using Tidegate.Gateway.Request;
using Tidegate.Gateway.Request.Admit;
using Tidegate.Gateway.Request.Balance;
using Tidegate.Gateway.Request.Forward;
using Tidegate.Gateway.Request.Guard;
using Tidegate.Gateway.Request.Hygiene;
using Tidegate.Gateway.Request.Identify;
using Tidegate.Gateway.Request.Match;
using Tidegate.Gateway.Request.Record;
using Tidegate.Gateway.Request.Stale;
using Tidegate.Gateway.Snapshot;
using Tidegate.Models.Catalogue;
using Tidegate.Models.Costs.Tokens;

namespace Tidegate.Gateway;

/// <summary>Registers the traffic plane.</summary>
public static class GatewayServiceCollectionExtensions
{
    /// <summary>
    /// Adds the gateway as a hosted service. Needs <see cref="IConfigSource"/>, <see cref="ICallSink"/>, <see cref="ISecretSource"/>,
    /// <see cref="IRandomSource"/> and <see cref="TimeProvider"/> to be registered; gives <see cref="INodeStatus"/>.
    /// </summary>
    public static IServiceCollection AddGateway(this IServiceCollection services, GatewayOptions options)
    {
        services.AddSingleton(options);
        services.AddHttpForwarder();
        services.AddSingleton<SnapshotHolder>().AddSingleton<SnapshotBuilder>().AddSingleton<SnapshotUpdater>();
        services.AddSingleton<INodeStatus>(s => s.GetRequiredService<SnapshotUpdater>()).AddSingleton<INodeCheck, NodeCheck>();
        services.AddSingleton<HopToken>().AddSingleton<HygieneStage>().AddSingleton<MatchStage>().AddSingleton<IdentifyStage>().AddSingleton<AdmitStage>()
            .AddSingleton<GuardStage>().AddSingleton<ForwardStage>().AddSingleton<RecordStage>();
        services.AddSingleton(_ => new Meter(CallMetricNames.Meter)).AddSingleton<ClientCertificates>();
        services.AddSingleton<CallMetrics>().AddSingleton<CallTracing>().AddSingleton<MalformedRequests>().AddSingleton<NodeMetrics>().AddSingleton<CacheMetrics>().AddSingleton<StaleMetrics>();
        services.TryAddSingleton(new CatalogueSource());
        services.TryAddSingleton<IBodySink, NoBodies>();
        services.TryAddSingleton<ICallCounter, NoCallCounter>();
        services.AddSingleton<DestinationEvents>().AddSingleton<ServiceBuilder>().AddSingleton<ModelBuilder>().AddSingleton<WebhookSender>();
        services.AddSingleton<RunningServices>().AddSingleton<HealthMetrics>();
        services.AddSingleton(s => new BreakerControl(s.GetRequiredService<RunningServices>(), s.GetRequiredService<TimeProvider>()));
        services.AddHostedService<HealthService>();
        services.AddSingleton<ResponseStore>().AddSingleton<ResponseMemory>().AddSingleton<KeptResponses>();
        services.AddSingleton<EligibleSetBuilder>().AddSingleton<BalanceStage>();
        services.AddSingleton<DrainState>().AddSingleton<GuardMetrics>().AddSingleton<Places>().AddSingleton<RetryRule>().AddSingleton<AttemptJudge>().AddSingleton<HedgeRace>();
        services.AddSingleton<ResponseRelay>().AddSingleton<Tunnel>().AddSingleton<StaleAnswer>();
        services.AddSingleton(new BytePool(ArrayPool<byte>.Shared)).AddSingleton<LocalCount>();
        services.AddSingleton<PromptRequest>().AddSingleton<ModelRequestReader>().AddSingleton<TargetSender>().AddSingleton<AnswerRelay>().AddSingleton<StreamRelay>().AddSingleton<RawRelay>().AddSingleton<AttemptRun>().AddSingleton<RetryGate>().AddSingleton<ModelHedge>().AddSingleton<TokenCounter>().AddSingleton<ModelMetrics>().AddSingleton<AttemptSettlement>().AddSingleton<ModelJudge>().AddSingleton<ModelStage>();
        services.AddSingleton(s => new BudgetBook(s.GetRequiredService<TimeProvider>(), s.GetService<IBudgetStore>()));
        services.AddSingleton<BudgetEvents>().AddSingleton<BudgetGate>().AddSingleton<BudgetMetrics>().AddSingleton<IBudgetStatus, BudgetReport>();
        services.AddHostedService<BudgetKeeper>();
        services.AddSingleton<TargetQueue>().AddSingleton<IModelAsking, ModelAsking>();
        services.AddSingleton<ShadowMetrics>().AddSingleton<ShadowGate>().AddSingleton<ShadowRun>();
        services.AddHostedService(s => s.GetRequiredService<ShadowRun>()); // before the server, so that it is stopped after it
        services.AddSingleton<Pipeline>().AddSingleton<GatewayApplication>();
        services.AddSingleton(s => new GatewayServer(options, s));
        services.AddHostedService(s => s.GetRequiredService<GatewayServer>());
        return services;
    }
}
