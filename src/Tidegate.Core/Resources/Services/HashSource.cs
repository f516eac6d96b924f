namespace Tidegate.Core.Resources.Services;

/// <summary>What a consistent hash is taken of.</summary>
public enum HashSource
{
    /// <summary>Client address.</summary>
    Ip,
    /// <summary>A request header.</summary>
    Header,
    /// <summary>A cookie.</summary>
    Cookie,
    /// <summary>Id of the caller's key.</summary>
    Key,
}
