using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Tidegate.Core.Ports;
using Tidegate.Core.Resources.OpenSlo.Indicators;
using Tidegate.Core.Resources.Secrets;

namespace Tidegate.Insight.Indicators.Prometheus;

/// <summary>A Prometheus server, or anything that speaks its HTTP API. Few requests at a time, each with a limit of time and size; no redirects, for credentials are for whom they were given.</summary>
internal sealed class PrometheusServer : IDisposable
{
    /// <summary>Requests to one server at the same time.</summary>
    public const int MostAtOnce = 4;

    /// <summary>Longest answer, unpacked.</summary>
    public const int MostAnswer = 16 << 20;

    private readonly PrometheusAddress _address;
    private readonly ISecretSource _secrets;
    private readonly HttpClient? _http;
    private readonly string? _problem;
    private readonly SemaphoreSlim _gate = new(MostAtOnce);

    public PrometheusServer(PrometheusAddress address, ISecretSource secrets)
    {
        (_address, _secrets) = (address, secrets);
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false, UseCookies = false, AutomaticDecompression = DecompressionMethods.GZip, MaxConnectionsPerServer = MostAtOnce,
            ConnectTimeout = TimeSpan.FromSeconds(5), PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        };
        if (address.Connection.CaFile is { } file && (_problem = Trust(handler, file)) is not null)
        {
            handler.Dispose();
            return;
        }

        _http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }

    private PrometheusConnectionConfig Connection => _address.Connection;

    /// <summary>Values of a query at points of time.</summary>
    /// <param name="query">The query.</param>
    /// <param name="first">Time of the first point.</param>
    /// <param name="step">Distance of points.</param>
    /// <param name="points">How many.</param>
    /// <param name="cancel">Cancelled when nobody waits any more.</param>
    /// <exception cref="PrometheusException">There is no answer, or none that can be believed.</exception>
    public async Task<IReadOnlyList<double?[]>> AskAsync(PrometheusQuery query, DateTimeOffset first, TimeSpan step, int points, CancellationToken cancel)
    {
        if (_http is null) throw Fault(_problem!, PrometheusFault.Unreachable);
        using var request = Request(query.Expression, first, step, points);
        await _gate.WaitAsync(cancel);
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            limit.CancelAfter(Connection.Timeout);
            return await SendAsync(request, query, (first, step, points), cancel, limit.Token);
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose()
    {
        _http?.Dispose();
        _gate.Dispose();
    }

    private async Task<IReadOnlyList<double?[]>> SendAsync(HttpRequestMessage request, PrometheusQuery query, (DateTimeOffset First, TimeSpan Step, int Points) asked, CancellationToken cancel, CancellationToken limit)
    {
        try
        {
            using var answer = await _http!.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit);
            var body = await BodyAsync(answer, query, limit);
            if (answer.IsSuccessStatusCode) return PrometheusAnswer.Read(body, asked.First, asked.Step, asked.Points);
            throw Refusal(answer, body, query);
        }
        catch (FormatException wrong)
        {
            throw Fault($"{wrong.Message}: {query.Expression}", PrometheusFault.Answer);
        }
        catch (Exception error) when (error is HttpRequestException or IOException or InvalidDataException)
        {
            throw Fault($"cannot be reached: {(error.InnerException ?? error).Message}", PrometheusFault.Unreachable);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw Fault($"did not answer within {Connection.Timeout.TotalSeconds.ToString(CultureInfo.InvariantCulture)} s: {query.Expression}", PrometheusFault.Silent);
        }
    }

    // Status codes of the API: 400 for parameters, 422 for expressions, 503 for queries that were given up.
    private PrometheusException Refusal(HttpResponseMessage answer, ReadOnlyMemory<byte> body, PrometheusQuery query)
    {
        var status = (int)answer.StatusCode;
        if (status is 401 or 403) return Fault($"refuses the credentials ({status} {answer.ReasonPhrase})", PrometheusFault.Unreachable);
        if (PrometheusAnswer.Error(body) is not { } said) return Fault($"answered {status} {answer.ReasonPhrase}", status >= 500 ? PrometheusFault.Silent : PrometheusFault.Answer);
        return Fault($"answered \"{said}\" to: {query.Expression}", status is 503 or 422 or 413 ? PrometheusFault.TooMuch : PrometheusFault.Answer);
    }

    private async Task<ReadOnlyMemory<byte>> BodyAsync(HttpResponseMessage answer, PrometheusQuery query, CancellationToken cancel)
    {
        await using var stream = await answer.Content.ReadAsStreamAsync(cancel);
        using var kept = new MemoryStream();
        var buffer = new byte[64 << 10];
        int read;
        while ((read = await stream.ReadAsync(buffer, cancel)) > 0)
        {
            if (kept.Length + read > MostAnswer) throw Fault($"answered with more than {MostAnswer >> 20} MiB to: {query.Expression}", PrometheusFault.TooMuch);
            kept.Write(buffer, 0, read);
        }

        return kept.GetBuffer().AsMemory(0, (int)kept.Length);
    }

    private HttpRequestMessage Request(string expression, DateTimeOffset first, TimeSpan step, int points)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"{Connection.Url.GetLeftPart(UriPartial.Path).TrimEnd('/')}/api/v1/query_range")
        {
            Content = new FormUrlEncodedContent(
            [
                new("query", expression), new("start", Seconds(first)), new("end", Seconds(first + ((points - 1) * step))), new("step", step.TotalSeconds.ToString(CultureInfo.InvariantCulture)),
            ]),
        };
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("tidegate", "1"));
        foreach (var (name, value) in Connection.Headers) request.Headers.TryAddWithoutValidation(name, Resolve(value));
        if (Connection.BearerToken is { } token) request.Headers.Authorization = new("Bearer", Resolve(token));
        else if (Connection.Username is { } user) request.Headers.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{Resolve(Connection.Password ?? "")}")));
        return request;
    }

    private string Resolve(string text) => SecretText.TryExpand(text, _secrets, out var value, out var reason) ? value : throw Fault($"cannot be asked: {reason}", PrometheusFault.Unreachable);

    private static string Seconds(DateTimeOffset time) => time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    private static string? Trust(SocketsHttpHandler handler, string file)
    {
        try
        {
            var authorities = new X509Certificate2Collection();
            authorities.ImportFromPemFile(file);
            if (authorities.Count == 0) return "cannot be asked: its caFile holds no certificate";
            var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            policy.CustomTrustStore.AddRange(authorities);
            handler.SslOptions.CertificateChainPolicy = policy;
            return null;
        }
        catch (Exception error) when (error is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            return $"cannot be asked: its caFile cannot be used: {error.Message}";
        }
    }

    private PrometheusException Fault(string what, PrometheusFault fault) => new($"{_address.Text} {what}{(what.EndsWith('.') ? "" : ".")}", fault, _address.Key);
}
