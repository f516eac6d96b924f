using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Json;

namespace Tidegate.Models.Formats.CohereChat;

/// <summary>Errors: a message, and the status.</summary>
internal static class CohereErrors
{
    public static ModelError Read(int status, ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            using var document = JsonDocument.ParseValue(ref reader);
            if (document.RootElement.Text("message") is not null) return Read(status, document.RootElement);
        }
        catch (JsonException)
        {
            // HTML, half a JSON, nothing.
        }

        return new ModelError(KindOf(status, ""), status, ErrorText.OfBody(status, body));
    }

    public static ModelError Read(int status, JsonElement error)
    {
        var message = error.Text("message") ?? "";
        return new ModelError(KindOf(status, message), status, ErrorText.Clean(message)) { Code = error.Text("error_code") };
    }

    private static ModelErrorKind KindOf(int status, string message)
    {
        if (status is 0 or 400 or 413 or 422 && (Says(message, "too many tokens") || Says(message, "context length") || Says(message, "maximum number of tokens"))) return ModelErrorKind.ContextLength;
        if (status is 401 or 403 or 429 && Says(message, "billing")) return ModelErrorKind.Billing;
        return status switch
        {
            0 => ModelErrorKind.Server,
            // Cohere's own: the filter, and a call it gave up itself.
            498 => ModelErrorKind.ContentFilter,
            499 => ModelErrorKind.Timeout,
            _ => ErrorStatus.KindOf(status),
        };
    }

    private static bool Says(string message, string words) => message.Contains(words, StringComparison.OrdinalIgnoreCase);
}
