using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Json;

namespace Tidegate.Models.Formats.OllamaChat;

/// <summary>Errors: one text, and the status.</summary>
internal static class OllamaErrors
{
    public static ModelError Read(int status, ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            using var document = JsonDocument.ParseValue(ref reader);
            if (document.RootElement.Field("error").IsThere()) return Read(status, document.RootElement);
        }
        catch (JsonException)
        {
            // HTML, half a JSON, nothing.
        }

        return new ModelError(KindOf(status, ""), status, ErrorText.OfBody(status, body));
    }

    public static ModelError Read(int status, JsonElement envelope)
    {
        var message = envelope.Text("error") ?? envelope.Field("error").Text("message") ?? "The provider failed without saying why.";
        return new ModelError(KindOf(status, message), status, ErrorText.Clean(message));
    }

    public static void Write(ModelError error, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("error", error.Message);
        json.WriteEndObject();
    }

    private static ModelErrorKind KindOf(int status, string message)
    {
        if (Says(message, "context length") || Says(message, "context size") || Says(message, "prompt too long") || Says(message, "context window")) return ModelErrorKind.ContextLength;
        if (status == 0 && Says(message, "not found")) return ModelErrorKind.NotFound;
        return Says(message, "server busy") ? ModelErrorKind.Overloaded : ErrorStatus.KindOf(status);
    }

    private static bool Says(string message, string words) => message.Contains(words, StringComparison.OrdinalIgnoreCase);
}
