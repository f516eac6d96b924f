namespace Tidegate.Core.Resources.Services;

/// <summary>How much a service needs another.</summary>
public enum DependencyKind
{
    /// <summary>Calls fail without it.</summary>
    Hard,

    /// <summary>Calls are answered without it, less well.</summary>
    Soft,
}
