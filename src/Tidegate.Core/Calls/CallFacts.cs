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

    /// <summary>The answer was checked against the shape asked for: a JSON schema, or any JSON object.</summary>
    SchemaChecked = 8,

    /// <summary>It did not hold to it, as the caller saw it; or the caller was told so instead.</summary>
    SchemaInvalid = 16,

    /// <summary>Those that an answer has for ever, however often it is given.</summary>
    OfAnswer = Refused | SchemaChecked | SchemaInvalid,
}
