using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Json;
using Tidegate.Models.Streaming;
using Tidegate.Models.Streaming.JsonArray;
using Tidegate.Models.Streaming.Sse;

namespace Tidegate.Models.Formats.Gemini;

/// <summary>Google's <c>generateContent</c>, as Gemini's API and Vertex AI speak it. Model and streaming stand in the path, not in the body.</summary>
public sealed class GeminiFormat : IFaceFormat, ITargetFormat, IStreamScanFormat, ITokenCountFormat
{
    private readonly GeminiOptions _options;

    /// <summary>With server-sent events.</summary>
    public GeminiFormat()
        : this(new GeminiOptions())
    {
    }

    /// <summary>As asked for.</summary>
    public GeminiFormat(GeminiOptions options) => _options = options;

    /// <inheritdoc/>
    public string Name => "gemini";

    /// <inheritdoc/>
    public string StreamMediaType => _options.JsonArray ? "application/json" : "text/event-stream";

    /// <inheritdoc/>
    public ChatRequest? ReadRequest(JsonElement body, FormatIssues issues) => GeminiRequestReader.Read(body, issues);

    /// <summary>Reads a <c>countTokens</c> request: <c>contents</c>, or a whole request in <c>generateContentRequest</c>.</summary>
    public ChatRequest? ReadCountRequest(JsonElement body, FormatIssues issues)
    {
        var fields = new RequestObject(body, "", issues, snakeToo: true);
        return fields.Child("generateContentRequest") is { } whole ? GeminiRequestReader.Read(whole) : GeminiRequestReader.Read(body, issues);
    }

    /// <inheritdoc/>
    public void WriteRequest(ChatRequest request, Utf8JsonWriter json, FormatIssues issues)
    {
        GeminiRequestWriter.Write(request, json, issues, _options);
        (Unsaid.User | Unsaid.Detail | Unsaid.CacheHint | Unsaid.Strict).Tell(request, issues);
    }

    /// <summary>Writes a <c>countTokens</c> request.</summary>
    public void WriteCountRequest(ChatRequest request, Utf8JsonWriter json, FormatIssues issues) => GeminiRequestWriter.WriteCount(request, json, issues, _options);

    /// <summary>Tokens a <c>countTokens</c> answer tells. Throws <see cref="FormatException"/> when it tells none.</summary>
    public long ReadCount(JsonElement body) => body.Whole("totalTokens") ?? throw new FormatException("The provider's answer has no totalTokens.");

    /// <summary>Writes a <c>countTokens</c> answer.</summary>
    public void WriteCount(long tokens, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("totalTokens", tokens);
        json.WriteEndObject();
    }

    /// <inheritdoc/>
    public ChatAnswer ReadAnswer(JsonElement body) => WholeAnswer.Read(body, new GeminiStreamReader().Read);

    /// <inheritdoc/>
    public void WriteAnswer(ChatAnswer answer, AnswerContext context, Utf8JsonWriter json) => GeminiAnswerWriter.Write(answer, context, json);

    /// <inheritdoc/>
    public IFrameReader CreateFrameReader() => _options.JsonArray ? new JsonArrayFrameReader() : new SseFrameReader();

    /// <inheritdoc/>
    public IStreamReader CreateStreamReader() => new GeminiStreamReader();

    /// <inheritdoc/>
    public IStreamScan CreateStreamScan() => new GeminiStreamScan();

    /// <inheritdoc/>
    public IStreamWriter CreateStreamWriter(AnswerContext context) => new GeminiStreamWriter(context, _options.JsonArray ? new GeminiFrames.JsonArray() : new GeminiFrames.Sse());

    /// <inheritdoc/>
    public ModelError ReadError(int status, ReadOnlySpan<byte> body) => GeminiErrors.Read(status, body);

    /// <inheritdoc/>
    public void WriteError(ModelError error, Utf8JsonWriter json) => GeminiErrors.Write(error, json);

    /// <inheritdoc/>
    public int StatusOf(ModelError error) => GeminiErrors.StatusOf(error);
}
