namespace Tidegate.Core.Calls;

/// <summary>What is known of a call besides its outcome, for objectives of quality. A fact that was not looked at is not set.</summary>
[Flags]
public enum CallFacts : byte
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The answer came from the gateway's cache.</summary>
    CacheHit = 1,

    /// <summary>The cache was asked and had no answer.</summary>
    CacheMiss = 2,

    /// <summary>The model refused, or its provider's content filter did.</summary>
    Refused = 4,

    /// <summary>The answer was checked against the JSON schema asked for.</summary>
    SchemaChecked = 8,

    /// <summary>It did not hold to the schema, as the caller saw it.</summary>
    SchemaInvalid = 16,
}
