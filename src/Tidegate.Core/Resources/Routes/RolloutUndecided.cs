namespace Tidegate.Core.Resources.Routes;

/// <summary>What becomes of a rollout that is not decided in time.</summary>
public enum RolloutUndecided
{
    /// <summary>It stays at its share until somebody decides.</summary>
    Pause,

    /// <summary>The canary's calls are taken away.</summary>
    RollBack,
}
