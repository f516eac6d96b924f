using System.Text.Json;
using Tidegate.Models.Chat;

namespace Tidegate.Models.Formats;

/// <summary>A chat format as providers speak it: write their request, read their answer, their stream and their errors.</summary>
public interface ITargetFormat : IStreamFormat
{
    /// <summary>Word of the format; a call whose face has the same word passes through byte for byte.</summary>
    string Name { get; }

    /// <summary>
    /// Writes a request. What this format cannot express is added to <paramref name="issues"/> with the path of the field (in neutral words) and left out; the
    /// caller of this method decides whether that is a 400 or a warning.
    /// </summary>
    void WriteRequest(ChatRequest request, Utf8JsonWriter json, FormatIssues issues);

    /// <summary>Reads a whole answer. Throws <see cref="FormatException"/> for JSON that is no answer: the provider is at fault.</summary>
    ChatAnswer ReadAnswer(JsonElement body);

    /// <summary>Reads an error answer of any content: HTML, half a JSON, nothing.</summary>
    ModelError ReadError(int status, ReadOnlySpan<byte> body);
}
