using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Formats;
using Tidegate.Models.Formats.OpenAiChat;
using Tidegate.Models.Streaming;
using Tidegate.Models.Streaming.Sse;

namespace Tidegate.Models.Prompts;

/// <summary>
/// How callers of a prompt are answered: JSON or events with the text, and problems (RFC 9457). The request it reads is not theirs: it is what the prompt was rendered
/// to, a conversation in OpenAI's words, so that all that looks at requests understands it.
/// </summary>
/// <param name="prompt">Name of the prompt.</param>
/// <param name="version">Its version.</param>
/// <param name="hasShape">Answers are JSON of a schema.</param>
public sealed class PromptFormat(string prompt, string version, bool hasShape) : IFaceFormat, IStreamFormat
{
    private static readonly OpenAiChatFormat Chat = new();

    /// <summary>Name of the prompt.</summary>
    public string Prompt { get; } = prompt;

    /// <summary>Its version.</summary>
    public string Version { get; } = version;

    /// <summary>Answers are JSON of a schema.</summary>
    public bool HasShape { get; } = hasShape;

    /// <inheritdoc/>
    public string Name => "prompt";

    /// <inheritdoc/>
    public string StreamMediaType => "text/event-stream";

    /// <inheritdoc/>
    public ChatRequest? ReadRequest(JsonElement body, FormatIssues issues) => Chat.ReadRequest(body, issues);

    /// <summary>Writes what guardrails are to see of an answer; <see cref="PromptAnswer.Complete"/> makes the answer of what they leave.</summary>
    public void WriteAnswer(ChatAnswer answer, AnswerContext context, Utf8JsonWriter json) => PromptAnswer.WriteDraft(answer, json);

    /// <inheritdoc/>
    public IStreamWriter CreateStreamWriter(AnswerContext context) => new PromptStreamWriter(this, context);

    /// <inheritdoc/>
    public IFrameReader CreateFrameReader() => new SseFrameReader();

    /// <inheritdoc/>
    public IStreamReader CreateStreamReader() => new PromptStreamReader();

    /// <inheritdoc/>
    public void WriteError(ModelError error, Utf8JsonWriter json) => PromptProblem.Write(error, "", "", json);

    /// <inheritdoc/>
    public int StatusOf(ModelError error) => ErrorStatus.StatusOf(error);
}
