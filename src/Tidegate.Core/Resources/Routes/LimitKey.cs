namespace Tidegate.Core.Resources.Routes;

/// <summary>What gets a count of its own.</summary>
public enum LimitKey
{
    /// <summary>Each consumer; anonymous callers by address.</summary>
    Consumer,
    /// <summary>The route as a whole.</summary>
    Route,
    /// <summary>Each API key; callers without one by address.</summary>
    Key,
    /// <summary>Each client address; of IPv6 each network of 64 bits.</summary>
    Ip,
    /// <summary>Each value of a header; callers without it share one count.</summary>
    Header,
}
