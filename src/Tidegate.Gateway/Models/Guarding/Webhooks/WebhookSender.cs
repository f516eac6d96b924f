using System.Diagnostics.Metrics;
using System.Net;
using Tidegate.Core.Calls;
using Tidegate.Core.Resources.Services;
using Tidegate.Gateway.Models.Buffers;
using Tidegate.Gateway.Models.Relay;
using Tidegate.Gateway.Request;
using Tidegate.Gateway.Request.Forward;
using Tidegate.Models.Guardrails;

namespace Tidegate.Gateway.Models.Guarding.Webhooks;

/// <summary>Asks outside guards, over connections of their own: pooled, without proxy, cookies and redirects. A question is asked once.</summary>
internal sealed class WebhookSender : IDisposable
{
    // Beyond what it was sent an answer has little to say.
    private const int Spare = 64 * 1024;

    private static readonly System.Net.Http.Headers.MediaTypeHeaderValue Json = new("application/json");

    private readonly HttpMessageInvoker _client = UpstreamClient.Create(new ServiceConfig { Destinations = [] }, UpstreamTls.Load(new UpstreamTlsConfig(), out _)!);
    private readonly Histogram<double> _duration;
    private readonly TimeProvider _time;
    private readonly BytePool _pool;

    public WebhookSender(TimeProvider time, BytePool pool, Meter meter)
    {
        (_time, _pool) = (time, pool);
        _duration = ModelMetricNames.GuardrailWebhook.Histogram(meter);
    }

    /// <summary>Asks; what goes wrong is a verdict.</summary>
    /// <param name="question">The question.</param>
    /// <param name="segments">What it is about.</param>
    /// <param name="via">Value of <c>Via</c>: a guard that is this node itself is found out by it.</param>
    /// <param name="until">Timestamp by which the call must be over.</param>
    /// <param name="cancel">The caller has gone, or the attempt has ended: throws.</param>
    public async ValueTask<WebhookVerdict> AskAsync(WebhookQuestion question, IReadOnlyList<TextSegment> segments, string? via, long until, CancellationToken cancel)
    {
        var began = _time.GetTimestamp();
        var left = Ticks.Span(_time, until - began);
        var patience = left < question.Hook.Deadline ? left : question.Hook.Deadline;
        using var limit = new CancellationTokenSource(patience, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        WebhookVerdict verdict;
        try
        {
            verdict = await SendAsync(question, segments, via, either.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            verdict = WebhookVerdict.Failed($"no answer within {patience.TotalMilliseconds:0} ms");
        }
        catch (HttpRequestException unreached) when (unreached.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError)
        {
            verdict = WebhookVerdict.Failed($"it cannot be reached: {unreached.HttpRequestError}");
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException)
        {
            verdict = WebhookVerdict.Failed("its answer broke off");
        }

        if (_duration.Enabled)
            _duration.Record(_time.GetElapsedTime(began).TotalSeconds, new("guardrail", question.Guardrail), new("webhook", question.Hook.Name), new("decision", Word(verdict.Decision)));
        return verdict;
    }

    public void Dispose() => _client.Dispose();

    private async ValueTask<WebhookVerdict> SendAsync(WebhookQuestion question, IReadOnlyList<TextSegment> segments, string? via, CancellationToken cancel)
    {
        var body = question.Write(segments);
        using var request = new HttpRequestMessage(HttpMethod.Post, question.Hook.Url)
        {
            Version = question.Hook.Url.Scheme == Uri.UriSchemeHttp ? HttpVersion.Version11 : HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
            Content = new ReadOnlyMemoryContent(body) { Headers = { ContentType = Json } },
        };
        request.Headers.TryAddWithoutValidation("User-Agent", "tidegate");
        request.Headers.TryAddWithoutValidation("Via", via);
        foreach (var (name, value) in question.Hook.Headers) request.Headers.TryAddWithoutValidation(name, value);
        WebhookSignature.Add(request.Headers, $"{question.CallId}-{question.Direction}-{question.Guardrail}-{question.Hook.Name}", _time.GetUtcNow(), body.Span, question.Hook.Secret);
        using var response = await _client.SendAsync(request, cancel);
        if (response.StatusCode != HttpStatusCode.OK) return WebhookVerdict.Failed($"it answered {(int)response.StatusCode}");
        var most = body.Length + Spare;
        var answer = new PooledBytes(_pool);
        try
        {
            await LimitedBody.ReadAsync(response.Content, most + 1, answer, cancel);
            return answer.Count > most ? WebhookVerdict.Failed($"its answer is larger than {most} bytes") : WebhookAnswer.Read(answer.Memory, segments.Count);
        }
        finally
        {
            answer.Release();
        }
    }

    private static string Word(WebhookDecision decision) => decision switch
    {
        WebhookDecision.Allow => "allow",
        WebhookDecision.Block => "block",
        WebhookDecision.Replace => "replace",
        _ => "failed",
    };
}
