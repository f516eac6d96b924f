namespace Tidegate.Gateway.Health;

/// <summary>What active checks say of a destination.</summary>
internal enum ProbeHealth
{
    /// <summary>Not checked yet, or not checked at all: it takes calls.</summary>
    Unknown,
    /// <summary>It takes calls.</summary>
    Healthy,
    /// <summary>It takes none.</summary>
    Unhealthy,
}
