namespace Tidegate.Gateway.Request.Identify.Tokens;

/// <summary>A key set at an address. Bounded in time and size; redirects are not followed, for an issuer's keys come from the issuer.</summary>
internal sealed class HttpKeySetReader(Uri address) : IKeySetReader
{
    private static readonly HttpClient Client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false, UseCookies = false, ActivityHeadersPropagator = null, ConnectTimeout = TimeSpan.FromSeconds(3), PooledConnectionLifetime = TimeSpan.FromMinutes(2),
    })
    {
        Timeout = TimeSpan.FromSeconds(5), MaxResponseContentBufferSize = 1 << 20,
    };

    /// <inheritdoc/>
    public string Location => address.ToString();

    /// <inheritdoc/>
    public Task<string> ReadAsync(CancellationToken cancel) => Client.GetStringAsync(address, cancel);
}
