using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Json;

namespace Tidegate.Models.Formats.AnthropicMessages;

/// <summary>Errors: types, statuses, and the kinds that this format only tells by its words.</summary>
internal static class AnthropicErrors
{
    public static ModelError Read(int status, ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            using var document = JsonDocument.ParseValue(ref reader);
            if (document.RootElement.Field("error").ValueKind == JsonValueKind.Object || document.RootElement.Text("message") is not null) return Read(status, document.RootElement);
        }
        catch (JsonException)
        {
            // HTML, half a JSON, nothing.
        }

        return new ModelError(KindOf(null, status, ""), status, ErrorText.OfBody(status, body));
    }

    /// <summary>The envelope; Bedrock has the message at the top.</summary>
    public static ModelError Read(int status, JsonElement envelope)
    {
        var error = envelope.Field("error");
        var type = error.Text("type");
        var message = error.Text("message") ?? envelope.Text("message") ?? "The provider failed without saying why.";
        return new ModelError(KindOf(type, status, message), status, ErrorText.Clean(message)) { Code = type };
    }

    public static void Write(ModelError error, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("type", "error");
        json.WriteStartObject("error");
        json.WriteString("type", TypeOf(error));
        json.WriteString("message", error.Message);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    public static int StatusOf(ModelError error) => TypeOf(error) switch
    {
        "authentication_error" => 401,
        "billing_error" => 402,
        "permission_error" => 403,
        "not_found_error" => 404,
        "request_too_large" => 413,
        "rate_limit_error" => 429,
        "api_error" => error.Status is >= 500 and not 529 ? error.Status : 502,
        "timeout_error" => 504,
        "overloaded_error" => 529,
        _ => 400,
    };

    private static string TypeOf(ModelError error) => error.Kind switch
    {
        ModelErrorKind.InvalidRequest when error.Status == 413 => "request_too_large",
        ModelErrorKind.Authentication => "authentication_error",
        ModelErrorKind.Permission => "permission_error",
        ModelErrorKind.Billing => "billing_error",
        ModelErrorKind.NotFound => "not_found_error",
        ModelErrorKind.RateLimit => "rate_limit_error",
        ModelErrorKind.Overloaded => "overloaded_error",
        ModelErrorKind.Timeout => "timeout_error",
        ModelErrorKind.Server => "api_error",
        _ => "invalid_request_error",
    };

    private static ModelErrorKind KindOf(string? type, int status, string message) => type switch
    {
        "invalid_request_error" => KindOfInvalid(message),
        "request_too_large" => ModelErrorKind.InvalidRequest,
        "authentication_error" => ModelErrorKind.Authentication,
        "billing_error" => ModelErrorKind.Billing,
        "permission_error" => ModelErrorKind.Permission,
        "not_found_error" => ModelErrorKind.NotFound,
        "rate_limit_error" => ModelErrorKind.RateLimit,
        "overloaded_error" => ModelErrorKind.Overloaded,
        "timeout_error" => ModelErrorKind.Timeout,
        "api_error" => ModelErrorKind.Server,
        _ => KindOf(status, message),
    };

    // Credit, window and filter come as invalid_request_error; only the words tell them apart.
    private static ModelErrorKind KindOfInvalid(string message)
    {
        if (Says(message, "prompt is too long") || Says(message, "exceed context limit") || Says(message, "context window") || Says(message, "input is too long")) return ModelErrorKind.ContextLength;
        if (Says(message, "credit balance")) return ModelErrorKind.Billing;
        return Says(message, "content filtering policy") ? ModelErrorKind.ContentFilter : ModelErrorKind.InvalidRequest;
    }

    private static ModelErrorKind KindOf(int status, string message) => status is 400 or 413 or 422 ? KindOfInvalid(message) : ErrorStatus.KindOf(status);

    private static bool Says(string message, string words) => message.Contains(words, StringComparison.OrdinalIgnoreCase);
}
