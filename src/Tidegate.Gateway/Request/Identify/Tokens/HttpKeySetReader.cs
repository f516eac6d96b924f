namespace Tidegate.Gateway.Request.Identify.Tokens;

/// <summary>A key set at an address. Bounded in time and size; redirects are not followed, for an issuer's keys come from the issuer.</summary>
internal sealed class HttpKeySetReader(Uri address, TimeProvider time) : IKeySetReader
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    private static readonly HttpClient Client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false, UseCookies = false, ActivityHeadersPropagator = null, PooledConnectionLifetime = TimeSpan.FromMinutes(2),
    })
    {
        Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = 1 << 20,
    };

    /// <inheritdoc/>
    public string Location => address.ToString();

    /// <inheritdoc/>
    public async Task<string> ReadAsync(CancellationToken cancel)
    {
        using var late = new CancellationTokenSource(Limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, late.Token);
        try
        {
            return await Client.GetStringAsync(address, either.Token);
        }
        catch (OperationCanceledException e) when (late.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            throw new TimeoutException($"No answer within {Limit.TotalSeconds:0} s", e);
        }
    }
}
