using Tidegate.Platform.Hosting;

namespace Tidegate.Prompts;

/// <summary>Prompts of the configuration in force: what there is, and what they render to without a model being asked.</summary>
public sealed class PromptsModule : Module
{
    internal static readonly Permission Read = new("prompts.read", Role.Viewer, "See prompts and what they render to.");

    /// <inheritdoc/>
    public override string Name => "Prompts";

    /// <inheritdoc/>
    public override IReadOnlyList<Permission> Permissions => [Read];

    /// <inheritdoc/>
    public override void Map(IEndpointRouteBuilder api) => PromptEndpoints.Map(api);
}
