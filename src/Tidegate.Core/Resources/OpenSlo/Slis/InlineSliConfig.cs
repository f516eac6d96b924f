namespace Tidegate.Core.Resources.OpenSlo.Slis;

/// <summary>An indicator written in the SLO that uses it.</summary>
public sealed record InlineSliConfig
{
    /// <summary>Its name.</summary>
    public ResourceMetadata? Metadata { get; init; }

    /// <summary>What is measured.</summary>
    public required SliConfig Spec { get; init; }
}
