using System.Text.Json;
using Tidegate.Models.Chat;

namespace Tidegate.Models.Formats;

/// <summary>A chat format as callers speak it: read their request, write their answer, their stream and their errors.</summary>
public interface IFaceFormat
{
    /// <summary>Word of the format in configuration, records and metrics: <c>openai_chat</c>, <c>anthropic_messages</c>, ...</summary>
    string Name { get; }

    /// <summary>
    /// Reads a request. What is wrong (types, ranges, missing fields) is added to <paramref name="issues"/> as an error with its path; fields that have no meaning
    /// outside this format are added as inexpressible. All of them at once; never throws for what a caller can send.
    /// </summary>
    ChatRequest? ReadRequest(JsonElement body, FormatIssues issues);

    /// <summary>Writes a whole answer.</summary>
    void WriteAnswer(ChatAnswer answer, AnswerContext context, Utf8JsonWriter json);

    /// <summary>Writes a stream, event by event.</summary>
    IStreamWriter CreateStreamWriter(AnswerContext context);

    /// <summary>Media type of a stream, for example <c>text/event-stream</c>.</summary>
    string StreamMediaType { get; }

    /// <summary>Writes an error in this format's envelope; the vendors' SDKs make their typed exceptions of it.</summary>
    void WriteError(ModelError error, Utf8JsonWriter json);

    /// <summary>Status this format uses for an error that has none of its own.</summary>
    int StatusOf(ModelError error);
}
