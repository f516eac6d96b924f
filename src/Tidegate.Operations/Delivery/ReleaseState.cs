namespace Tidegate.Operations.Delivery;

/// <summary>How far a release is.</summary>
public enum ReleaseState
{
    /// <summary>Begun, not finished.</summary>
    Running,

    /// <summary>Finished well.</summary>
    Succeeded,

    /// <summary>Finished badly.</summary>
    Failed,

    /// <summary>Taken back.</summary>
    RolledBack,

    /// <summary>Nobody told of it: its version was seen in the traffic.</summary>
    Seen,
}
