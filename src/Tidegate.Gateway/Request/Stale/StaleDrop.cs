namespace Tidegate.Gateway.Request.Stale;

/// <summary>Why an answer is not kept.</summary>
internal enum StaleDrop
{
    /// <summary>Its headers, or those of its request, say so.</summary>
    NotAllowed,

    /// <summary>It is larger than one may be.</summary>
    TooLarge,

    /// <summary>Too much was coming in at the same time.</summary>
    NoRoom,

    /// <summary>It did not come to its end, or its end cannot be told from a break.</summary>
    Incomplete,

    /// <summary>It had to go for newer ones.</summary>
    Evicted,
}
