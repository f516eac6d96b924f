using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Tidegate.Core.Calls;
using Tidegate.Gateway.Request;

namespace Tidegate.Gateway.Models;

/// <summary>Lists the aliases a caller may use, as OpenAI (<c>/v1/models</c>), Anthropic (the same with <c>anthropic-version</c>), Gemini (<c>/v1beta/models</c>) and Ollama (<c>/api/tags</c>) do.</summary>
internal sealed class ModelList(Action<Utf8JsonWriter, IReadOnlyList<string>, long> write)
{
    private static readonly ModelList OpenAi = new(WriteOpenAi), Anthropic = new(WriteAnthropic), Gemini = new(WriteGemini), Ollama = new(WriteOllama);

    /// <summary>The list asked for; null when the call is for something else.</summary>
    public static ModelList? Find(GatewayCall call)
    {
        if (!HttpMethods.IsGet(call.Http.Request.Method)) return null;
        var path = call.Requested.Path;
        if (path.EndsWith("/v1beta/models", StringComparison.Ordinal)) return Gemini;
        if (path.EndsWith("/api/tags", StringComparison.Ordinal)) return Ollama;
        if (!path.EndsWith("/models", StringComparison.Ordinal)) return null;
        return call.Http.Request.Headers.ContainsKey("anthropic-version") ? Anthropic : OpenAi;
    }

    /// <summary>Writes it.</summary>
    public async ValueTask WriteAsync(GatewayCall call)
    {
        var response = call.Http.Response;
        response.ContentType = "application/json";
        ResponseFinish.Apply(call);
        using (var json = new Utf8JsonWriter(response.BodyWriter))
        {
            write(json, [.. AliasAccess.Visible(call).Select(a => a.Name)], call.Record.StartedAt.ToUnixTimeSeconds());
            json.Flush();
            call.Record.ResponseBytes = json.BytesCommitted;
        }

        call.Record.Outcome = CallOutcome.Ok;
        await response.BodyWriter.FlushAsync(call.Http.RequestAborted);
    }

    private static void WriteOpenAi(Utf8JsonWriter json, IReadOnlyList<string> names, long now)
    {
        json.WriteStartObject();
        json.WriteString("object"u8, "list"u8);
        json.WriteStartArray("data"u8);
        foreach (var name in names)
        {
            json.WriteStartObject();
            json.WriteString("id"u8, name);
            json.WriteString("object"u8, "model"u8);
            json.WriteNumber("created"u8, now);
            json.WriteString("owned_by"u8, "tidegate"u8);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteAnthropic(Utf8JsonWriter json, IReadOnlyList<string> names, long now)
    {
        json.WriteStartObject();
        json.WriteStartArray("data"u8);
        foreach (var name in names)
        {
            json.WriteStartObject();
            json.WriteString("type"u8, "model"u8);
            json.WriteString("id"u8, name);
            json.WriteString("display_name"u8, name);
            json.WriteString("created_at"u8, DateTimeOffset.FromUnixTimeSeconds(now));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteBoolean("has_more"u8, false);
        json.WriteString("first_id"u8, names.Count > 0 ? names[0] : null);
        json.WriteString("last_id"u8, names.Count > 0 ? names[^1] : null);
        json.WriteEndObject();
    }

    private static void WriteGemini(Utf8JsonWriter json, IReadOnlyList<string> names, long now)
    {
        json.WriteStartObject();
        json.WriteStartArray("models"u8);
        foreach (var name in names)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, $"models/{name}");
            json.WriteString("displayName"u8, name);
            json.WriteStartArray("supportedGenerationMethods"u8);
            json.WriteStringValue("generateContent"u8);
            json.WriteStringValue("streamGenerateContent"u8);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteOllama(Utf8JsonWriter json, IReadOnlyList<string> names, long now)
    {
        json.WriteStartObject();
        json.WriteStartArray("models"u8);
        foreach (var name in names)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, name);
            json.WriteString("model"u8, name);
            json.WriteString("modified_at"u8, DateTimeOffset.FromUnixTimeSeconds(now));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
