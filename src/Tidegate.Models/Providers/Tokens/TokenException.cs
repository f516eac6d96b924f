using Tidegate.Models.Chat;

namespace Tidegate.Models.Providers.Tokens;

/// <summary>There is no token: the key was refused, or whoever gives tokens did not answer.</summary>
/// <param name="error">
/// Why, in the words of a call's errors: <see cref="ModelErrorKind.Authentication"/> takes the key out, <see cref="ModelErrorKind.Server"/>,
/// <see cref="ModelErrorKind.RateLimit"/> and <see cref="ModelErrorKind.Timeout"/> may be tried again or elsewhere.
/// </param>
/// <param name="inner">What happened; null when an answer said it.</param>
public sealed class TokenException(ModelError error, Exception? inner = null) : Exception(error.Message, inner)
{
    /// <summary>Why. Holds no key.</summary>
    public ModelError Error { get; } = error;
}
