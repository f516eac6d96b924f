namespace Tidegate.Core.Resources.OpenSlo.Indicators;

/// <summary>What tells calls apart.</summary>
public enum GatewaySelector
{
    /// <summary>The service.</summary>
    Service,

    /// <summary>The route.</summary>
    Route,

    /// <summary>The version of the service.</summary>
    Version,

    /// <summary>Who calls.</summary>
    Consumer,

    /// <summary>The caller's team.</summary>
    Team,

    /// <summary>The model, by the name callers use.</summary>
    Model,

    /// <summary>Who answered for the model.</summary>
    Provider,

    /// <summary>The region the call went to.</summary>
    Region,

    /// <summary>The destination that answered.</summary>
    Destination,
}
