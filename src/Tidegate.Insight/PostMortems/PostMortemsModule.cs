using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tidegate.Insight.Incidents;
using Tidegate.Insight.PostMortems.Endpoints;
using Tidegate.Insight.PostMortems.Entries;
using Tidegate.Platform.Audit;
using Tidegate.Platform.Events;
using Tidegate.Platform.Hosting;
using Tidegate.Platform.Storage;

namespace Tidegate.Insight.PostMortems;

/// <summary>Post-mortems: what is learnt from incidents, and what is done about it. Some are mandatory.</summary>
public sealed class PostMortemsModule : Module
{
    /// <summary>The product word.</summary>
    public const string Word = "PostMortems";

    /// <summary>Seeing post-mortems.</summary>
    public static Permission Read { get; } = new("postmortems.read", Role.Viewer, "See post-mortems and their action items.");

    /// <summary>Writing post-mortems.</summary>
    public static Permission Write { get; } = new("postmortems.write", Role.Operator, "Require and write post-mortems, and add action items.");

    /// <inheritdoc/>
    public override string Name => Word;

    /// <inheritdoc/>
    public override IReadOnlyList<Permission> Permissions => [Read, Write];

    /// <inheritdoc/>
    public override void Register(IServiceCollection services, ProcessOptions options) => services.AddSingleton(static p => new PostMortemStore(
        p.GetRequiredService<StateStore>(), p.GetRequiredService<AuditTrail>(), p.GetRequiredService<EventLog>(), p.GetRequiredService<IncidentStore>(), p.GetRequiredService<TimeProvider>()));

    /// <inheritdoc/>
    public override void Map(IEndpointRouteBuilder api) => PostMortemEndpoints.Map(api);

    /// <inheritdoc/>
    public override void Tables(ModelBuilder model)
    {
        model.Entity<PostMortemRow>(table =>
        {
            table.ToTable("postmortems");
            table.HasKey(row => row.Incident);
        });
        model.Entity<ActionRow>(table =>
        {
            table.ToTable("postmortems_actions");
            table.HasKey(row => new { row.Incident, row.Number });
            table.Property(row => row.Priority).HasConversion<string>();
        });
    }
}
