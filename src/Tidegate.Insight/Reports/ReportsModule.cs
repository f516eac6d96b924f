using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tidegate.Insight.Reports.Endpoints;
using Tidegate.Insight.Reports.Making;
using Tidegate.Platform.Hosting;

namespace Tidegate.Insight.Reports;

/// <summary>Reports of a month: error budgets, agreements, and a review of all that matters. Nothing is kept: a report is a question to what is kept anyway.</summary>
public sealed class ReportsModule : Module
{
    /// <summary>The product word.</summary>
    public const string Word = "Reports";

    /// <summary>Making reports.</summary>
    public static Permission Read { get; } = new("reports.read", Role.Viewer, "Make reports of error budgets, agreements and months.");

    /// <inheritdoc/>
    public override string Name => Word;

    /// <inheritdoc/>
    public override IReadOnlyList<Permission> Permissions => [Read];

    /// <inheritdoc/>
    public override void Register(IServiceCollection services, ProcessOptions options) =>
        services.AddSingleton<ObjectiveSection>().AddSingleton<SlaSection>().AddSingleton<IncidentSection>().AddSingleton<SenderSection>().AddSingleton<VitalSigns>().AddSingleton<ReportMaker>().AddSingleton<ReportedServices>();

    /// <inheritdoc/>
    public override void Map(IEndpointRouteBuilder api) => ReportEndpoints.Map(api);
}
