using Tidegate.Models.Chat;

namespace Tidegate.Models.Providers.Tokens;

/// <summary>
/// The tokens of one key. One exchange at a time, whoever asks; a caller that leaves does not end it for the others. From five minutes before a token's end a new one is
/// fetched while the old is still given, so that calls wait for the first token only. Thread-safe.
/// </summary>
/// <param name="exchange">How to ask.</param>
/// <param name="client">Who sends.</param>
/// <param name="time">The time.</param>
public sealed class TokenSource(ITokenExchange exchange, HttpMessageInvoker client, TimeProvider time)
{
    /// <summary>How long before its end a token is replaced.</summary>
    public static readonly TimeSpan RefreshBefore = TimeSpan.FromMinutes(5);

    /// <summary>A token that ends sooner is not given any more: the call would arrive too late.</summary>
    public static readonly TimeSpan UnusableBefore = TimeSpan.FromSeconds(10);

    /// <summary>Longest time an exchange may take.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(15);

    /// <summary>Pause after a failed exchange while the old token still serves.</summary>
    public static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(10);

    // Answers with tokens have a few kB.
    private const int MostBytes = 64 << 10;

    private readonly Lock _gate = new();
    private AccessToken? _token;
    private Task<AccessToken>? _pending;
    private DateTimeOffset _notBefore = DateTimeOffset.MinValue;

    /// <summary>A token good for a call that starts now. Throws <see cref="TokenException"/>.</summary>
    public ValueTask<string> GetAsync(CancellationToken cancel)
    {
        var token = Volatile.Read(ref _token);
        var now = time.GetUtcNow();
        if (token is not null && token.ExpiresAt - now > RefreshBefore) return new(token.Value);
        Task<AccessToken> pending;
        lock (_gate)
        {
            token = _token;
            if (token is not null && token.ExpiresAt - now > RefreshBefore) return new(token.Value);
            var usable = token is not null && token.ExpiresAt - now > UnusableBefore;
            if (_pending is null || (_pending.IsCompleted && (!usable || now >= _notBefore))) _pending = ExchangeAsync();
            if (usable) return new(token!.Value);
            pending = _pending;
        }

        return new(WaitAsync(pending, cancel));
    }

    /// <summary>Forgets a token that was refused, so that the next call gets another; does nothing when it was already replaced.</summary>
    public void Forget(string token)
    {
        lock (_gate)
        {
            if (_token?.Value == token) _token = null;
        }
    }

    private static async Task<string> WaitAsync(Task<AccessToken> pending, CancellationToken cancel) => (await pending.WaitAsync(cancel)).Value;

    private async Task<AccessToken> ExchangeAsync()
    {
        // Signing and sending must not happen inside the lock of whoever asked.
        await Task.Yield();
        using var late = new CancellationTokenSource(Timeout, time);
        try
        {
            using var request = exchange.CreateRequest(time.GetUtcNow());
            using var response = await client.SendAsync(request, late.Token);
            await response.Content.LoadIntoBufferAsync(MostBytes, late.Token);
            var token = exchange.Read((int)response.StatusCode, await response.Content.ReadAsByteArrayAsync(late.Token), time.GetUtcNow());
            lock (_gate) _token = token;
            return token;
        }
        catch (Exception e)
        {
            lock (_gate) _notBefore = time.GetUtcNow() + RetryAfter;
            if (e is TokenException) throw;
            throw late.IsCancellationRequested
                ? new TokenException(new ModelError(ModelErrorKind.Timeout, 504, "The provider gave no token in time."), e)
                : new TokenException(new ModelError(ModelErrorKind.Server, 502, "No token could be had from the provider."), e);
        }
    }
}
