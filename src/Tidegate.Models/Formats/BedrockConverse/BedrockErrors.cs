using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Json;

namespace Tidegate.Models.Formats.BedrockConverse;

/// <summary>Bedrock's errors: an exception's name, and its words. In plain answers the name mostly stands in a header, so the status must do.</summary>
internal static class BedrockErrors
{
    public static ModelError Read(int status, ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            using var document = JsonDocument.ParseValue(ref reader);
            var error = document.RootElement;
            if ((error.Text("message") ?? error.Text("Message")) is { } message)
            {
                // As a URI with the name at its end, at times.
                var name = error.Text("__type")?.Split('#')[^1];
                return new ModelError(KindOf(name, status, message), status, ErrorText.Clean(message)) { Code = name };
            }
        }
        catch (JsonException)
        {
            // HTML, half a JSON, nothing.
        }

        return new ModelError(KindOf(null, status, ""), status, ErrorText.OfBody(status, body));
    }

    /// <summary>An exception inside a stream.</summary>
    public static ModelError OfException(string name, ReadOnlySpan<byte> payload)
    {
        var read = Read(0, payload);
        return read with { Kind = KindOf(name, 0, read.Message), Message = payload.IsEmpty ? $"The provider broke off its answer: {name}." : read.Message, Code = name };
    }

    private static ModelErrorKind KindOf(string? name, int status, string message)
    {
        if (name is null) return KindOf(status, message);
        if (Is(name, "ValidationException")) return KindOfInvalid(message);
        if (Is(name, "ThrottlingException") || Is(name, "ServiceQuotaExceededException") || Is(name, "ModelNotReadyException")) return ModelErrorKind.RateLimit;
        if (Is(name, "ServiceUnavailableException")) return ModelErrorKind.Overloaded;
        if (Is(name, "ModelTimeoutException")) return ModelErrorKind.Timeout;
        if (Is(name, "ResourceNotFoundException")) return ModelErrorKind.NotFound;
        if (Is(name, "UnrecognizedClientException") || Is(name, "ExpiredTokenException") || Is(name, "InvalidSignatureException")) return ModelErrorKind.Authentication;
        return Is(name, "AccessDeniedException") ? KindOf(403, message) : status == 0 ? ModelErrorKind.Server : KindOf(status, message);
    }

    private static ModelErrorKind KindOf(int status, string message) => status switch
    {
        400 or 413 or 422 => KindOfInvalid(message),
        403 when Says(message, "security token") || Says(message, "signature") || Says(message, "API Key") => ModelErrorKind.Authentication,
        // The model failed, not the request.
        424 => ModelErrorKind.Server,
        _ => ErrorStatus.KindOf(status),
    };

    private static ModelErrorKind KindOfInvalid(string message) =>
        Says(message, "too long") || Says(message, "too many input tokens") || Says(message, "context limit") || Says(message, "context length") || Says(message, "maximum number of tokens")
            ? ModelErrorKind.ContextLength
            : Says(message, "content filter") ? ModelErrorKind.ContentFilter : ModelErrorKind.InvalidRequest;

    // Small first letter in streams.
    private static bool Is(string name, string exception) => string.Equals(name, exception, StringComparison.OrdinalIgnoreCase);

    private static bool Says(string message, string words) => message.Contains(words, StringComparison.OrdinalIgnoreCase);
}
