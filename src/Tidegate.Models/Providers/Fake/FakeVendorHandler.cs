using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Web;
using Tidegate.Core.Ports;
using Tidegate.Models.Chat;
using Tidegate.Models.Embeddings;
using Tidegate.Models.Formats;
using Tidegate.Models.Formats.OpenAiEmbeddings;

namespace Tidegate.Models.Providers.Fake;

/// <summary>Answers the requests of <see cref="FakeVendor"/> inside the process. Counts calls per model, for scripts that refuse the first ones only.</summary>
internal sealed class FakeVendorHandler(TimeProvider time, IRandomSource random) : HttpMessageHandler
{
    private static readonly Dictionary<string, IFaceFormat> Dialects = new FakeVendor().Formats.OfType<IFaceFormat>().ToDictionary(f => f.Name, StringComparer.Ordinal);
    private static readonly OpenAiEmbeddingsFormat Embeddings = new();
    private readonly ConcurrentDictionary<string, int> _calls = new(StringComparer.Ordinal);
    private int _ids;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var query = HttpUtility.ParseQueryString(request.RequestUri!.Query);
        var (word, model) = (request.RequestUri.AbsolutePath.Trim('/'), query["model"] ?? "");
        var face = Dialects.GetValueOrDefault(word) ?? Dialects["openai_chat"];
        if (FakeScript.Parse(model, out var problem) is not { } script) return Refuse(face, new ModelError(ModelErrorKind.NotFound, 404, problem!));
        if (Refusal(script, model) is { } status)
        {
            if (script.First != TimeSpan.Zero) await Task.Delay(script.First, time, cancellationToken);
            return Refuse(face, new ModelError(KindOf(status), status, "The fake provider refuses the call as its script says."), script.Retry);
        }

        var issues = new FormatIssues();
        JsonDocument body;
        try
        {
            body = JsonDocument.Parse(request.Content is null ? default : await request.Content.ReadAsByteArrayAsync(cancellationToken));
        }
        catch (JsonException)
        {
            return Refuse(face, new ModelError(ModelErrorKind.InvalidRequest, 400, "The body is no JSON."));
        }

        using (body)
        {
            if (word == "embeddings") return Embed(face, body.RootElement, issues, model);
            if (face.ReadRequest(body.RootElement, issues) is not { } chat || issues.HasErrors)
                return Refuse(face, new ModelError(ModelErrorKind.InvalidRequest, 400, string.Join(' ', issues.All.Select(i => $"{i.Field}: {i.Message}"))));
            var input = FakeAnswer.InputTokens(chat);
            if (script.Context > 0 && input > script.Context)
                return Refuse(face, new ModelError(ModelErrorKind.ContextLength, 400, $"This model's maximum context length is {script.Context} tokens, but the messages have {input}.") { Code = "context_length_exceeded" });
            var context = new AnswerContext(model, $"fake-{Interlocked.Increment(ref _ids)}", time.GetUtcNow()) { StreamUsage = chat.StreamUsage };
            return query["stream"] == "true"
                ? Answer(new StreamContent(new FakeStream(FakeBody.Stream(face, script, chat, context), time)), face.StreamMediaType)
                : Answer(new StreamContent(new FakeStream(FakeBody.Whole(face, script, chat, context), time)), "application/json");
        }
    }

    // Vectors of length one that depend on the text alone.
    private static HttpResponseMessage Embed(IFaceFormat face, JsonElement body, FormatIssues issues, string model)
    {
        if (Embeddings.ReadRequest(body, issues) is not { } request || issues.HasErrors)
            return Refuse(face, new ModelError(ModelErrorKind.InvalidRequest, 400, string.Join(' ', issues.All.Select(i => $"{i.Field}: {i.Message}"))));
        var vectors = request.Inputs.Select(i => Vector(i.Text ?? string.Join(' ', i.Tokens ?? []), request.Dimensions ?? 8)).ToList();
        var answer = new EmbeddingsAnswer { Model = model, Vectors = vectors, Usage = new Usage { Input = request.Inputs.Sum(i => i.Tokens?.Count ?? i.Text!.Split(' ').Length) } };
        return Answer(new ByteArrayContent(FakeBody.Json(json => Embeddings.WriteAnswer(answer, request, json))), "application/json");
    }

    private static float[] Vector(string text, int length)
    {
        var vector = new float[length];
        for (var i = 0; i < length; i++)
            vector[i] = BitConverter.ToInt16(SHA256.HashData(Encoding.UTF8.GetBytes($"{i}:{text}"))) / 32768f;
        var norm = MathF.Sqrt(vector.Sum(x => x * x));
        return norm == 0 ? vector : [.. vector.Select(x => x / norm)];
    }

    private static HttpResponseMessage Refuse(IFaceFormat face, ModelError error, TimeSpan? retry = null)
    {
        var response = Answer(new ByteArrayContent(FakeBody.Json(json => face.WriteError(error, json))), "application/json");
        response.StatusCode = (HttpStatusCode)error.Status;
        if (retry is { } wait) response.Headers.TryAddWithoutValidation("Retry-After", Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture));
        return response;
    }

    private static HttpResponseMessage Answer(HttpContent content, string mediaType)
    {
        content.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
        return new HttpResponseMessage(HttpStatusCode.OK) { Content = content };
    }

    private static ModelErrorKind KindOf(int status) => status switch
    {
        401 => ModelErrorKind.Authentication,
        402 => ModelErrorKind.Billing,
        403 => ModelErrorKind.Permission,
        404 => ModelErrorKind.NotFound,
        408 or 504 => ModelErrorKind.Timeout,
        429 => ModelErrorKind.RateLimit,
        503 or 529 => ModelErrorKind.Overloaded,
        >= 500 => ModelErrorKind.Server,
        _ => ModelErrorKind.InvalidRequest,
    };

    private int? Refusal(FakeScript script, string model)
    {
        var earlier = _calls.AddOrUpdate(model, 1, (_, n) => n + 1) - 1;
        if (script.Flap > TimeSpan.Zero && time.GetUtcNow().UtcTicks / script.Flap.Ticks % 2 == 1) return script.Status == 0 ? 503 : script.Status;
        if (script.Flaky > 0) return random.NextDouble() * 100 < script.Flaky && earlier < script.Times ? (script.Status == 0 ? 500 : script.Status) : null;
        return script.Status > 0 && script.Flap == TimeSpan.Zero && earlier < script.Times ? script.Status : null;
    }
}
