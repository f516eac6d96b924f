using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Json;

namespace Tidegate.Models.Formats.OpenAi;

/// <summary>Errors of the OpenAI family: <c>{"error":{message,type,param,code}}</c>, and what look-alikes make of it.</summary>
internal static class OpenAiErrors
{
    /// <summary>An error answer of any content.</summary>
    public static ModelError Read(int status, ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            if (JsonDocument.TryParseValue(ref reader, out var parsed))
            {
                using (parsed)
                    if (Of(parsed.RootElement, status) is { } error) return error;
            }
        }
        catch (JsonException)
        {
            // No JSON: a page, a text, or half of something.
        }

        var text = ErrorText.OfBody(status, body);
        return new ModelError(OpenAiErrorKinds.Of(status, null, null, text), status, text);
    }

    /// <summary>The error in an answer or in a frame of a stream; null when it holds none. <paramref name="status"/> is 0 inside streams.</summary>
    public static ModelError? Of(JsonElement root, int status)
    {
        // Gemini's compatible endpoint wraps its errors in a list.
        if (root.ValueKind == JsonValueKind.Array && root.GetArrayLength() > 0) root = root[0];
        if (root.ValueKind != JsonValueKind.Object) return null;
        var error = root.Field("error");
        return error.ValueKind switch
        {
            JsonValueKind.Object => Of(error, root, status),
            JsonValueKind.String when JsonText.Read(error) is { Length: > 0 } message => Make(status, root.Text("code"), root.Text("error_type") ?? root.Text("type"), message, null),
            JsonValueKind.Undefined when status >= 400 || root.Text("object") == "error" || root.Text("type") == "error" => Of(root, root, status),
            _ => null,
        };
    }

    /// <summary>Writes the envelope.</summary>
    public static void Write(ModelError error, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        WriteField(error, json);
        json.WriteEndObject();
    }

    /// <summary>Writes the field <c>error</c> of an open object.</summary>
    public static void WriteField(ModelError error, Utf8JsonWriter json)
    {
        json.WriteStartObject("error");
        json.WriteString("message", error.Message);
        json.WriteString("type", OpenAiErrorWords.TypeOf(error.Kind));
        json.WriteString("param", error.Parameter);
        json.WriteString("code", OpenAiErrorWords.CodeOf(error));
        json.WriteEndObject();
    }

    private static ModelError Of(JsonElement error, JsonElement root, int status)
    {
        var code = error.Text("code") ?? error.Field("innererror").Text("code");
        // Some put the status there instead (vLLM, OpenRouter, llama.cpp); inside streams it is the only one.
        if (status == 0 && error.Whole("code") is >= 400 and < 600 and { } told) status = (int)told;
        var message = error.Text("message") ?? error.Text("msg") ?? error.Text("detail") ?? Details(error) ?? root.Text("message") ?? error.GetRawText();
        if (error.Field("metadata").Text("raw") is { Length: > 0 } raw) message = $"{message}: {raw}";
        return Make(status, code, error.Text("type") ?? error.Text("status"), message, error.Text("param"));
    }

    // FastAPI: {"detail":[{"loc":["body","messages"],"msg":"Field required"}]}; Mistral has it below "message".
    private static string? Details(JsonElement error)
    {
        var list = error.Items("detail").Concat(error.Field("message").Items("detail")).Select(d => d.Text("msg") is { } msg
            ? $"{string.Join('.', d.Items("loc").Select(l => l.ValueKind == JsonValueKind.String ? JsonText.Read(l) : l.GetRawText()))}: {msg}"
            : d.GetRawText()).ToList();
        return list.Count == 0 ? null : string.Join("; ", list);
    }

    private static ModelError Make(int status, string? code, string? type, string message, string? parameter) =>
        new(OpenAiErrorKinds.Of(status, code, type, message), status, ErrorText.Clean(message)) { Code = code, Parameter = parameter };
}
