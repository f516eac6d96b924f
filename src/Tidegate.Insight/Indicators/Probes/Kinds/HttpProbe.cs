using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Tidegate.Core.Ports;
using Tidegate.Core.Resources.OpenSlo.Indicators;
using Tidegate.Core.Resources.Secrets;

namespace Tidegate.Insight.Indicators.Probes.Kinds;

/// <summary>An HTTP request. Redirects are not followed: the address is the operator's choice, where it leads to is not.</summary>
internal sealed class HttpProbe(ISecretSource secrets) : IProbe, IDisposable
{
    private const int MostRead = 64 * 1024;

    // A connection each time: whether one can be made is part of the question.
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false, PooledConnectionLifetime = TimeSpan.Zero, MaxResponseHeadersLength = 64 })
    {
        Timeout = System.Threading.Timeout.InfiniteTimeSpan,
    };

    public ProbeIndicatorType Type => ProbeIndicatorType.Http;

    public async Task<string?> AskAsync(ProbeIndicatorConfig config, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(new HttpMethod(config.Method), config.Target);
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("tidegate-probe", "1"));
        if (config.Body is { } body) request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        foreach (var (name, text) in config.Headers)
        {
            if (!SecretText.TryExpand(text, secrets, out var value, out var reason)) return reason;
            if (!request.Headers.TryAddWithoutValidation(name, value)) request.Content?.Headers.TryAddWithoutValidation(name, value);
        }

        using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
        var status = (int)answer.StatusCode;
        if (config.Expect.Status.Count > 0 ? !config.Expect.Status.Contains(status) : status is < 200 or > 399)
            return string.Create(CultureInfo.InvariantCulture, $"answered {status}, expected {(config.Expect.Status.Count > 0 ? string.Join(", ", config.Expect.Status) : "200 to 399")}");
        var text64 = await ReadAsync(answer.Content, cancel);
        return config.Expect.Contains is { } part && !text64.Contains(part, StringComparison.Ordinal) ? $"the first 64 KiB of the answer do not hold \"{part}\"" : null;
    }

    public void Dispose() => _http.Dispose();

    // The answer must come to its end in time, or to 64 KiB of it.
    private static async Task<string> ReadAsync(HttpContent content, CancellationToken cancel)
    {
        var buffer = new byte[MostRead];
        await using var stream = await content.ReadAsStreamAsync(cancel);
        var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancel);
        return Encoding.UTF8.GetString(buffer, 0, length);
    }
}
