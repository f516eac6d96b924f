using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Tidegate.Core.Ports;
using Tidegate.Platform.Budgets.Counts;
using Tidegate.Platform.Budgets.Endpoints;
using Tidegate.Platform.Budgets.Notices;
using Tidegate.Platform.Hosting;

namespace Tidegate.Platform.Budgets;

/// <summary>What may still be spent on models: how budgets stand, and their counts on disk.</summary>
public sealed class BudgetsModule : Module
{
    /// <summary>Seeing how budgets stand.</summary>
    public static Permission Read { get; } = new("budgets.read", Role.Viewer, "See what is used and left of the budgets of models.");

    /// <inheritdoc />
    public override string Name => "Budgets";

    /// <inheritdoc />
    public override IReadOnlyList<Permission> Permissions => [Read];

    /// <inheritdoc />
    public override void Register(IServiceCollection services, ProcessOptions options)
    {
        services.AddSingleton<IBudgetStore>(provider => new BudgetFile(options.DataDirectory, provider.GetRequiredService<ILogger<BudgetFile>>()));
        services.AddSingleton<BudgetTeller>();
        services.AddSingleton<IBudgetNotices>(static provider => provider.GetRequiredService<BudgetTeller>());
        services.AddSingleton<IHostedService>(static provider => provider.GetRequiredService<BudgetTeller>());
    }

    /// <inheritdoc />
    public override void Map(IEndpointRouteBuilder api) => BudgetEndpoints.Map(api);
}
