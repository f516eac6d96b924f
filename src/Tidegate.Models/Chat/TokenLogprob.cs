namespace Tidegate.Models.Chat;

/// <summary>A token and how likely it was.</summary>
/// <param name="Token">Text of the token.</param>
/// <param name="Logprob">Natural logarithm of its probability.</param>
/// <param name="Top">The most likely tokens in its place; empty when not asked for.</param>
public sealed record TokenLogprob(string Token, double Logprob, IReadOnlyList<TokenLogprob> Top)
{
    /// <summary>UTF-8 bytes of the token, where the provider tells them: a token may be a part of a character, which no text can hold. Null: those of <see cref="Token"/>.</summary>
    public IReadOnlyList<byte>? Bytes { get; init; }
}
