using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Tidegate.Core.Ports;
using Tidegate.Core.Resources.Secrets;

namespace Tidegate.Insight.Notifications.Channels;

/// <summary>HTTP as channels use it: limits on everything that comes back, no redirects (a signed message goes to whom it was signed for), secrets resolved at the last moment.</summary>
internal sealed class ChannelHttp : IDisposable
{
    private const int MostAnswer = 64 * 1024;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    private readonly ISecretSource _secrets;
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = TimeSpan.FromSeconds(5), PooledConnectionLifetime = TimeSpan.FromMinutes(5), UseCookies = false })
    {
        Timeout = Limit, MaxResponseContentBufferSize = MostAnswer,
    };

    public ChannelHttp(ISecretSource secrets) => _secrets = secrets;

    /// <summary>The text with its secrets.</summary>
    public string Resolve(string text) => SecretText.TryExpand(text, _secrets, out var value, out var reason) ? value : throw new ChannelException(reason ?? "A secret cannot be read.");

    /// <summary>Posts JSON.</summary>
    public Task PostAsync(string url, object body, CancellationToken cancel, Action<HttpRequestMessage>? change = null) =>
        PostAsync(url, JsonSerializer.SerializeToUtf8Bytes(body, ChannelJson.Options), "application/json", cancel, change);

    /// <summary>Posts bytes; an answer of 2xx is success, all else an exception that says what came.</summary>
    public async Task PostAsync(string url, byte[] body, string type, CancellationToken cancel, Action<HttpRequestMessage>? change = null)
    {
        if (!Uri.TryCreate(Resolve(url), UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https")) throw new ChannelException("The address is not an http or https URL.", isFinal: true);
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("tidegate", "1"));
        change?.Invoke(request);
        try
        {
            using var answer = await _http.SendAsync(request, cancel);
            if (answer.IsSuccessStatusCode) return;
            // Not the answer's text: it may quote what was sent.
            throw new ChannelException($"{address.Host} answered {(int)answer.StatusCode} {answer.ReasonPhrase}.", IsFinal(answer.StatusCode));
        }
        catch (HttpRequestException error)
        {
            throw new ChannelException($"{address.Host} cannot be reached: {error.Message}");
        }
        catch (TaskCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new ChannelException($"{address.Host} did not answer within {Limit.TotalSeconds:0} s.");
        }
    }

    public void Dispose() => _http.Dispose();

    private static bool IsFinal(HttpStatusCode status) =>
        (int)status is >= 300 and < 500 and not (408 or 425 or 429) && status is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.NotFound);
}
