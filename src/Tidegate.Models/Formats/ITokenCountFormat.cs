using System.Text.Json;
using Tidegate.Models.Chat;

namespace Tidegate.Models.Formats;

/// <summary>A chat format with words for counting the tokens of a conversation.</summary>
public interface ITokenCountFormat
{
    /// <summary>Reads a caller's request; see <see cref="IFaceFormat.ReadRequest"/>.</summary>
    ChatRequest? ReadCountRequest(JsonElement body, FormatIssues issues);

    /// <summary>Writes a request to a provider; see <see cref="ITargetFormat.WriteRequest"/>.</summary>
    void WriteCountRequest(ChatRequest request, Utf8JsonWriter json, FormatIssues issues);

    /// <summary>Tokens a provider's answer tells. Throws <see cref="FormatException"/> when it tells none.</summary>
    long ReadCount(JsonElement body);

    /// <summary>Writes a caller's answer.</summary>
    void WriteCount(long tokens, Utf8JsonWriter json);
}
