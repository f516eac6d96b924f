using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tidegate.Core.Ports;
using Tidegate.Operations.Remediation.Acting;
using Tidegate.Operations.Remediation.Endpoints;
using Tidegate.Operations.Remediation.Levels;
using Tidegate.Operations.Remediation.Rows;
using Tidegate.Operations.Remediation.Traffic;
using Tidegate.Platform.Audit;
using Tidegate.Platform.ConfigStore;
using Tidegate.Platform.Hosting;

namespace Tidegate.Operations.Remediation;

/// <summary>Error budget policies act: within bounds, with evidence, for a limited time, and are reverted.</summary>
public sealed class RemediationModule : Module
{
    /// <summary>The product word.</summary>
    public const string Word = "Remediation";

    /// <summary>Seeing policies.</summary>
    public static Permission Read { get; } = new("policies.read", Role.Viewer, "See error budget policies, what they did and would do.");

    /// <summary>Letting rules act again.</summary>
    public static Permission Write { get; } = new("policies.reset", Role.Operator, "Let rules of error budget policies change traffic again that did not help.");

    /// <inheritdoc/>
    public override string Name => Word;

    /// <inheritdoc/>
    public override IReadOnlyList<Permission> Permissions => [Read, Write];

    /// <inheritdoc/>
    public override void Register(IServiceCollection services, ProcessOptions options)
    {
        services.AddSingleton<RuleStore>().AddSingleton<BudgetReadings>().AddSingleton<PolicyHealth>().AddSingleton<OverlayPlanning>().AddSingleton<OverlayAct>().AddSingleton<RuleActor>().AddSingleton<PolicyEngine>();
        services.AddSingleton<ITrafficPlanner, SplitPlanner>().AddSingleton<ITrafficPlanner, ShedPlanner>().AddSingleton<ITrafficPlanner, FallbackPlanner>()
            .AddSingleton<ITrafficPlanner, HedgingOffPlanner>().AddSingleton<ITrafficPlanner, ShadowOffPlanner>().AddSingleton<ITrafficPlanner, StalePlanner>()
            .AddSingleton<ITrafficPlanner, TightenPlanner>();
        services.AddSingleton<IRuleAct, NotifyAct>().AddSingleton<IRuleAct, IncidentAct>().AddSingleton<IRuleAct, PostMortemAct>().AddSingleton<IRuleAct, FreezeAct>();
        services.AddSingleton<IModuleHealth>(static p => p.GetRequiredService<PolicyHealth>());
        services.AddSingleton(static p => new PolicyReader(
            p.GetRequiredService<RuleStore>(), p.GetRequiredService<BudgetReadings>(), p.GetRequiredService<RuleActor>(), p.GetRequiredService<OverlayStore>(), p.GetRequiredService<AuditTrail>(),
            p.GetRequiredService<IConfigSource>(), p.GetRequiredService<TimeProvider>()));
        services.AddHostedService<PolicyTick>();
    }

    /// <inheritdoc/>
    public override void Map(IEndpointRouteBuilder api) => PolicyEndpoints.Map(api);

    /// <inheritdoc/>
    public override void Tables(ModelBuilder model) => model.Entity<RuleRow>(table => table.ToTable("remediation_rules"));
}
