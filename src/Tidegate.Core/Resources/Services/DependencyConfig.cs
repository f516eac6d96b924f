using Tidegate.Core.Resources.Schema;

namespace Tidegate.Core.Resources.Services;

/// <summary>A service that another one uses.</summary>
public sealed record DependencyConfig
{
    /// <summary>Name of the service that is used.</summary>
    [Reference("Service")]
    public required string Service { get; init; }

    /// <summary>Whether calls fail without it (<c>hard</c>, default), or only get worse answers (<c>soft</c>).</summary>
    public DependencyKind Kind { get; init; } = DependencyKind.Hard;
}
