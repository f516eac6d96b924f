namespace Tidegate.Operations.Delivery;

/// <summary>How far a rollout is.</summary>
public enum RolloutState
{
    /// <summary>The canary gets its share, and is judged.</summary>
    Running,

    /// <summary>Somebody, or the judgement that could not decide, stopped it at its share; a canary that fails still loses its calls.</summary>
    Paused,

    /// <summary>The canary has all calls.</summary>
    Promoted,

    /// <summary>The canary failed and has no calls any more.</summary>
    RolledBack,

    /// <summary>Somebody took the canary's calls away.</summary>
    Aborted,

    /// <summary>Somebody changed the route's split in the configuration: that holds instead.</summary>
    Superseded,
}
