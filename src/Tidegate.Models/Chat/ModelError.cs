namespace Tidegate.Models.Chat;

/// <summary>An error of a provider, or one for a caller, in no vendor's words.</summary>
/// <param name="Kind">Class: decides whether the key, the target or the request is at fault (semantics of retries).</param>
/// <param name="Status">HTTP status; 0 when it came inside a stream.</param>
/// <param name="Message">Words for the caller. Never a key or an upstream address.</param>
public sealed record ModelError(ModelErrorKind Kind, int Status, string Message)
{
    /// <summary>The vendor's own code, for example <c>context_length_exceeded</c>; null when there is none.</summary>
    public string? Code { get; init; }

    /// <summary>Field of the request at fault; null when not known.</summary>
    public string? Parameter { get; init; }

    /// <summary>When to try again, where the body of the error says so (Google's <c>RetryInfo</c>); headers are the caller's matter. Null when it does not.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
