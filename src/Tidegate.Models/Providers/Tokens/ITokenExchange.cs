namespace Tidegate.Models.Providers.Tokens;

/// <summary>How a lasting key becomes a token of an hour: the request that asks for one and what its answer means. Pure; <see cref="TokenSource"/> does the talking.</summary>
public interface ITokenExchange
{
    /// <summary>The request that asks for a token.</summary>
    HttpRequestMessage CreateRequest(DateTimeOffset now);

    /// <summary>The token in an answer. Throws <see cref="TokenException"/> when there is none.</summary>
    AccessToken Read(int status, ReadOnlySpan<byte> body, DateTimeOffset now);
}
