namespace Tidegate.Core.Resources.Routes;

/// <summary>Order in which calls are shed under overload: <see cref="Low"/> first, <see cref="Critical"/> last.</summary>
public enum PriorityClass
{
    /// <summary>Shed first.</summary>
    Low,
    /// <summary>The default.</summary>
    Normal,
    /// <summary>Shed after normal calls.</summary>
    High,
    /// <summary>Shed only when the hard limit is reached.</summary>
    Critical,
}
