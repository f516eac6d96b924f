using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Tidegate.Platform.Hosting;

namespace Tidegate.Cli;

/// <summary>The admin API as verbs use it. Paths are relative to <c>/api/v1/</c>. Whatever goes wrong becomes a <see cref="VerbFailure"/> that says what to do.</summary>
internal sealed class AdminClient : IDisposable
{
    private readonly HttpClient _http;

    public AdminClient(HttpMessageHandler handler, Uri address, string? token)
    {
        Address = address;
        _http = new HttpClient(handler, disposeHandler: false) { BaseAddress = new Uri(address, "/api/v1/") };
        _http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("tidegate-cli", ProductVersion.Number));
        if (token is not null) _http.DefaultRequestHeaders.Authorization = new("Bearer", Checked(token));
        HasToken = token is not null;
    }

    // Two tokens pasted one below the other, or words around one: no header may hold that.
    private static string Checked(string token) => !token.AsSpan().ContainsAnyExceptInRange('!', '~') ? token
        : throw new VerbFailure(ExitCode.Usage, "The token holds a blank, a new line or another character that no token has.") { Action = "Check --token or TIDEGATE_TOKEN: one token, and nothing else." };

    /// <summary>Where the API is.</summary>
    public Uri Address { get; }

    /// <summary>Requests carry a token.</summary>
    public bool HasToken { get; }

    /// <summary>Reads an object.</summary>
    public async Task<T> GetAsync<T>(string path, CancellationToken cancel)
    {
        using var answer = await SendAsync(new(HttpMethod.Get, path), HttpCompletionOption.ResponseContentRead, cancel);
        return await ReadAsync<T>(answer, cancel);
    }

    /// <summary>Sends <paramref name="body"/> as JSON and reads the answer.</summary>
    public async Task<TAnswer> SendAsync<TBody, TAnswer>(HttpMethod method, string path, TBody body, CancellationToken cancel)
    {
        using var answer = await SendAsync(new(method, path) { Content = Json(body) }, HttpCompletionOption.ResponseContentRead, cancel);
        return await ReadAsync<TAnswer>(answer, cancel);
    }

    /// <summary>Sends <paramref name="body"/> as JSON where the answer has nothing to say.</summary>
    public async Task SendAsync<TBody>(HttpMethod method, string path, TBody body, CancellationToken cancel)
    {
        using var answer = await SendAsync(new(method, path) { Content = Json(body) }, HttpCompletionOption.ResponseContentRead, cancel);
    }

    /// <summary>Deletes an object.</summary>
    public async Task DeleteAsync(string path, CancellationToken cancel)
    {
        using var answer = await SendAsync(new(HttpMethod.Delete, path), HttpCompletionOption.ResponseContentRead, cancel);
    }

    /// <summary>All items of a list, page after page, until the caller stops asking.</summary>
    public async IAsyncEnumerable<T> ItemsAsync<T>(string path, [EnumeratorCancellation] CancellationToken cancel)
    {
        string? cursor = null;
        do
        {
            var page = await GetAsync<Page<T>>(AdminPath.Of(path, ("cursor", cursor)), cancel);
            foreach (var item in page.Items) yield return item;
            cursor = page.Next;
        }
        while (cursor is not null);
    }

    /// <summary>Sends a request of one's own making; the answer is a success, its body unread when <paramref name="completion"/> says so.</summary>
    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, HttpCompletionOption completion, CancellationToken cancel)
    {
        HttpResponseMessage answer;
        try
        {
            answer = await _http.SendAsync(request, completion, cancel);
        }
        catch (HttpRequestException unreachable)
        {
            throw Unreachable(Reason(unreachable), unreachable.HttpRequestError == HttpRequestError.SecureConnectionError);
        }
        catch (TaskCanceledException late) when (late.InnerException is TimeoutException)
        {
            throw Unreachable($"no answer within {_http.Timeout.TotalSeconds:0} s", isTls: false);
        }

        if (answer.IsSuccessStatusCode) return answer;
        using (answer) throw await AdminFailure.FromAsync(answer, this, cancel);
    }

    public void Dispose() => _http.Dispose();

    private static JsonContent Json<TBody>(TBody body) => JsonContent.Create(body, options: ApiJson.Options);

    private async Task<T> ReadAsync<T>(HttpResponseMessage answer, CancellationToken cancel)
    {
        try
        {
            return await answer.Content.ReadFromJsonAsync<T>(ApiJson.Options, cancel) ?? throw new JsonException("the answer is null");
        }
        catch (Exception odd) when (odd is JsonException or NotSupportedException)
        {
            throw new VerbFailure(ExitCode.Failed, $"{Address} answered something else than expected to {answer.RequestMessage?.RequestUri?.PathAndQuery}: {odd.Message}")
            {
                Action = "Check that --address is the admin address of a Tidegate of this version ('tidegate version').",
            };
        }
    }

    private VerbFailure Unreachable(string reason, bool isTls) => new(ExitCode.Unreachable, $"Cannot reach Tidegate at {Address.GetLeftPart(UriPartial.Authority)}: {reason}.")
    {
        Action = isTls
            ? "Check the scheme of the address (http or https) and that this machine trusts the certificate."
            : "Start it with 'tidegate serve', or name the right admin address with --address or TIDEGATE_ADDRESS.",
    };

    private static string Reason(HttpRequestException unreachable) => unreachable.InnerException switch
    {
        SocketException { SocketErrorCode: SocketError.ConnectionRefused } => "connection refused, nothing listens there",
        SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData } => "there is no host of that name",
        SocketException { SocketErrorCode: SocketError.TimedOut or SocketError.HostUnreachable or SocketError.NetworkUnreachable } => "the host does not answer",
        OperationCanceledException or TimeoutException => "the host does not answer",
        { } other => other.Message.TrimEnd('.'),
        null => unreachable.Message.TrimEnd('.'),
    };
}
