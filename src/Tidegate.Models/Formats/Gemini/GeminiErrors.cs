using System.Globalization;
using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Json;

namespace Tidegate.Models.Formats.Gemini;

/// <summary>Google's errors: a status word, and details with types.</summary>
internal static class GeminiErrors
{
    public static ModelError Read(int status, ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            using var document = JsonDocument.ParseValue(ref reader);
            var root = document.RootElement;
            // Streams without alt=sse fail inside their array.
            if (root.ValueKind == JsonValueKind.Array && root.GetArrayLength() > 0) root = root[0];
            if (root.Child("error").IsThere()) return Read(status, root);
        }
        catch (JsonException)
        {
            // HTML, half a JSON, nothing.
        }

        return new ModelError(KindOf("", status, ""), status, ErrorText.OfBody(status, body));
    }

    public static ModelError Read(int status, JsonElement envelope)
    {
        var error = envelope.Field("error");
        var word = error.Text("status") ?? "";
        var message = error.Text("message") ?? "The provider failed without saying why.";
        var reason = Detail(error, "ErrorInfo").Text("reason");
        var kind = reason == "API_KEY_INVALID" ? ModelErrorKind.Authentication : KindOf(word, status != 0 ? status : (int)(error.Whole("code") ?? 0), message);
        return new ModelError(kind, status, ErrorText.Clean(message))
        {
            Code = word.Length > 0 ? word : null,
            RetryAfter = Seconds(Detail(error, "RetryInfo").Text("retryDelay")),
            Parameter = Detail(error, "BadRequest").Items("fieldViolations").Select(v => v.Text("field")).FirstOrDefault(f => !string.IsNullOrEmpty(f)),
        };
    }

    public static void Write(ModelError error, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteStartObject("error");
        var status = error.Status is >= 400 and < 600 ? error.Status : StatusOf(error); // that of the answer
        json.WriteNumber("code", status);
        json.WriteString("message", error.Message);
        json.WriteString("status", WordOf(error.Kind, status));
        if (error.RetryAfter is { } after)
        {
            json.WriteStartArray("details");
            json.WriteStartObject();
            json.WriteString("@type", "type.googleapis.com/google.rpc.RetryInfo");
            json.WriteString("retryDelay", after.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture) + "s");
            json.WriteEndObject();
            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    public static int StatusOf(ModelError error) => error.Kind switch
    {
        ModelErrorKind.Authentication => 401,
        ModelErrorKind.Permission or ModelErrorKind.Billing => 403,
        ModelErrorKind.NotFound => 404,
        ModelErrorKind.RateLimit => 429,
        ModelErrorKind.Overloaded => 503,
        ModelErrorKind.Timeout => 504,
        ModelErrorKind.Server => error.Status >= 500 ? error.Status : 502,
        _ => error.Status == 413 ? 413 : 400,
    };

    // Google's words by their statuses (google.rpc.Code), where the kind alone does not tell.
    private static string WordOf(ModelErrorKind kind, int status) => kind switch
    {
        _ when status == 409 => "ABORTED",
        _ when status is 405 or 501 => "UNIMPLEMENTED",
        _ when status == 499 => "CANCELLED",
        ModelErrorKind.Authentication => "UNAUTHENTICATED",
        ModelErrorKind.Permission or ModelErrorKind.Billing => "PERMISSION_DENIED",
        ModelErrorKind.NotFound => "NOT_FOUND",
        ModelErrorKind.RateLimit => "RESOURCE_EXHAUSTED",
        ModelErrorKind.Overloaded => "UNAVAILABLE",
        ModelErrorKind.Timeout => "DEADLINE_EXCEEDED",
        ModelErrorKind.Server => "INTERNAL",
        _ => "INVALID_ARGUMENT",
    };

    private static ModelErrorKind KindOf(string word, int status, string message) => word switch
    {
        "INVALID_ARGUMENT" or "OUT_OF_RANGE" => KindOfInvalid(message),
        "FAILED_PRECONDITION" => Says(message, "billing") ? ModelErrorKind.Billing : ModelErrorKind.Permission,
        "UNAUTHENTICATED" => ModelErrorKind.Authentication,
        "PERMISSION_DENIED" => ModelErrorKind.Permission,
        "NOT_FOUND" => ModelErrorKind.NotFound,
        "RESOURCE_EXHAUSTED" => ModelErrorKind.RateLimit,
        "UNAVAILABLE" => ModelErrorKind.Overloaded,
        "DEADLINE_EXCEEDED" => ModelErrorKind.Timeout,
        _ => KindOf(status, message),
    };

    private static ModelErrorKind KindOf(int status, string message) => status is 400 or 413 or 422 ? KindOfInvalid(message) : ErrorStatus.KindOf(status);

    // A wrong key and a full window are INVALID_ARGUMENT like everything else.
    private static ModelErrorKind KindOfInvalid(string message)
    {
        if (Says(message, "API key")) return ModelErrorKind.Authentication;
        return Says(message, "token count") || Says(message, "number of tokens allowed") || Says(message, "context length") ? ModelErrorKind.ContextLength : ModelErrorKind.InvalidRequest;
    }

    private static JsonElement Detail(JsonElement error, string type)
    {
        foreach (var detail in error.Items("details"))
            if (detail.Text("@type") is { } name && name.EndsWith("." + type, StringComparison.Ordinal)) return detail;
        return default;
    }

    private static TimeSpan? Seconds(string? duration) =>
        duration is not null && duration.EndsWith('s') && double.TryParse(duration.AsSpan(0, duration.Length - 1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds < 1e8
            ? TimeSpan.FromSeconds(seconds)
            : null;

    private static bool Says(string message, string words) => message.Contains(words, StringComparison.OrdinalIgnoreCase);
}
