using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Formats.OpenAi;
using Tidegate.Models.Streaming;
using Tidegate.Models.Streaming.Sse;

namespace Tidegate.Models.Formats.OpenAiChat;

/// <summary>OpenAI's chat (<c>/v1/chat/completions</c>), and with other quirks the many that look like it.</summary>
/// <param name="quirks">Where the target differs from OpenAI; null: nowhere. Of no meaning for faces.</param>
public sealed class OpenAiChatFormat(OpenAiChatQuirks? quirks = null) : IFaceFormat, ITargetFormat, IStreamScanFormat, IPrefillFormat
{
    /// <summary>Word of the format.</summary>
    public const string Word = "openai_chat";

    private readonly OpenAiChatQuirks _quirks = quirks ?? OpenAiChatQuirks.None;

    /// <summary>A stream tells its usage when <c>stream_options</c> asks for it; see <see cref="OpenAiChatQuirks.StreamOptions"/>.</summary>
    public bool TakesStreamOptions => _quirks.StreamOptions;

    /// <summary>Fields the target refuses, with its own word for them; see <see cref="OpenAiChatQuirks.Refused"/>.</summary>
    public IReadOnlyDictionary<string, string?> Refused => _quirks.Refused;

    /// <inheritdoc cref="IFaceFormat.Name"/>
    public string Name => Word;

    /// <inheritdoc/>
    public string StreamMediaType => "text/event-stream";

    /// <inheritdoc/>
    public ChatRequest? ReadRequest(JsonElement body, FormatIssues issues) => OpenAiChatRequestReader.Read(body, issues);

    /// <inheritdoc/>
    public void WriteAnswer(ChatAnswer answer, AnswerContext context, Utf8JsonWriter json) => OpenAiChatAnswerWriter.Write(answer, context, json);

    /// <inheritdoc/>
    public IStreamWriter CreateStreamWriter(AnswerContext context) => new OpenAiChatStreamWriter(context);

    /// <inheritdoc/>
    public void WriteError(ModelError error, Utf8JsonWriter json) => OpenAiErrors.Write(error, json);

    /// <inheritdoc/>
    public int StatusOf(ModelError error) => OpenAiErrorWords.StatusOf(error.Kind);

    /// <inheritdoc/>
    public void WriteRequest(ChatRequest request, Utf8JsonWriter json, FormatIssues issues)
    {
        OpenAiChatRequestWriter.Write(request, _quirks, json, issues);
        ((_quirks.CacheControl ? Unsaid.None : Unsaid.CacheHint) | Unsaid.Citations).Tell(request, issues);
    }

    /// <inheritdoc/>
    public ChatAnswer ReadAnswer(JsonElement body) => OpenAiChatAnswerReader.Read(body);

    /// <inheritdoc/>
    public IFrameReader CreateFrameReader() => new SseFrameReader();

    /// <inheritdoc/>
    public IStreamReader CreateStreamReader() => new OpenAiChatStreamReader();

    /// <inheritdoc/>
    public IStreamScan CreateStreamScan() => new OpenAiChatStreamScan();

    /// <inheritdoc/>
    public bool TakesPrefill => _quirks.Prefill is not null;

    /// <inheritdoc/>
    public ReadOnlyMemory<byte>? WithPrefill(ReadOnlyMemory<byte> body, string begun) => _quirks.Prefill?.Add(body, begun);

    /// <inheritdoc/>
    public ModelError ReadError(int status, ReadOnlySpan<byte> body) => OpenAiErrors.Read(status, body);
}
