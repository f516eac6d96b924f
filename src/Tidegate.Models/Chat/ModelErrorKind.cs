namespace Tidegate.Models.Chat;

/// <summary>Classes of <see cref="ModelError"/>.</summary>
public enum ModelErrorKind
{
    /// <summary>The request is wrong (400, 413, 422): never tried again.</summary>
    InvalidRequest,

    /// <summary>The key is wrong (401).</summary>
    Authentication,

    /// <summary>The key may not do this (403).</summary>
    Permission,

    /// <summary>Out of money (402, or a vendor's quota code): the key is out, not the model.</summary>
    Billing,

    /// <summary>No such model or path (404).</summary>
    NotFound,

    /// <summary>The conversation is longer than the model's window.</summary>
    ContextLength,

    /// <summary>The provider's filter refused the request.</summary>
    ContentFilter,

    /// <summary>Too many calls or tokens (429).</summary>
    RateLimit,

    /// <summary>The provider is overloaded (503, 529).</summary>
    Overloaded,

    /// <summary>Time ran out (408, 504, or ours).</summary>
    Timeout,

    /// <summary>The provider failed (5xx, broken answers).</summary>
    Server,
}
