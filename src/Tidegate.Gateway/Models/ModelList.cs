using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Tidegate.Core.Calls;
using Tidegate.Gateway.Request;
using Tidegate.Models.Providers;

namespace Tidegate.Gateway.Models;

/// <summary>
/// Lists the aliases a caller may use, or shows one of them, as OpenAI (<c>/v1/models</c>, <c>/v1/models/{model}</c>), Anthropic (the same with <c>anthropic-version</c>),
/// Gemini (<c>/v1beta/models</c>) and Ollama (<c>/api/tags</c>) do.
/// </summary>
internal sealed class ModelList(string field, Action<Utf8JsonWriter, string, long> writeOne, Action<Utf8JsonWriter, IReadOnlyList<string>> writeRest)
{
    private static readonly ModelList
        OpenAi = new("data", WriteOpenAi, static (json, _) => json.WriteString("object"u8, "list"u8)), Anthropic = new("data", WriteAnthropic, WritePage),
        Gemini = new("models", WriteGemini, static (_, _) => { }), Ollama = new("models", WriteOllama, static (_, _) => { });

    /// <summary>The list asked for; null when the call is for something else.</summary>
    public static ModelList? Find(GatewayCall call)
    {
        if (!HttpMethods.IsGet(call.Http.Request.Method) || call.Face is not { Operation: ModelOperation.List } face) return null;
        if (face.Format.Name == "gemini") return Gemini;
        if (face.Format.Name == "ollama_chat") return Ollama;
        return call.Http.Request.Headers.ContainsKey("anthropic-version") ? Anthropic : OpenAi;
    }

    /// <summary>Writes it, or the one of it that is named.</summary>
    public async ValueTask WriteAsync(GatewayCall call)
    {
        if (call.FaceModel is { } named && AliasAccess.Find(call, named) is null) return;
        var response = call.Http.Response;
        response.ContentType = "application/json";
        ResponseFinish.Apply(call);
        using (var json = new Utf8JsonWriter(response.BodyWriter))
        {
            Write(json, call);
            json.Flush();
            call.Record.ResponseBytes = json.BytesCommitted;
        }

        call.Record.Outcome = CallOutcome.Ok;
        await response.BodyWriter.FlushAsync(call.Http.RequestAborted);
    }

    private void Write(Utf8JsonWriter json, GatewayCall call)
    {
        var since = call.Record.StartedAt.ToUnixTimeSeconds();
        if (call.FaceModel is { } named)
        {
            writeOne(json, named, since);
            return;
        }

        IReadOnlyList<string> names = [.. AliasAccess.Visible(call).Select(a => a.Name)];
        json.WriteStartObject();
        json.WriteStartArray(field);
        foreach (var name in names) writeOne(json, name, since);
        json.WriteEndArray();
        writeRest(json, names);
        json.WriteEndObject();
    }

    private static void WriteOpenAi(Utf8JsonWriter json, string name, long since)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, name);
        json.WriteString("object"u8, "model"u8);
        json.WriteNumber("created"u8, since);
        json.WriteString("owned_by"u8, "tidegate"u8);
        json.WriteEndObject();
    }

    private static void WriteAnthropic(Utf8JsonWriter json, string name, long since)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, "model"u8);
        json.WriteString("id"u8, name);
        json.WriteString("display_name"u8, name);
        json.WriteString("created_at"u8, DateTimeOffset.FromUnixTimeSeconds(since));
        json.WriteEndObject();
    }

    private static void WritePage(Utf8JsonWriter json, IReadOnlyList<string> names)
    {
        json.WriteBoolean("has_more"u8, false);
        json.WriteString("first_id"u8, names.Count > 0 ? names[0] : null);
        json.WriteString("last_id"u8, names.Count > 0 ? names[^1] : null);
    }

    private static void WriteGemini(Utf8JsonWriter json, string name, long since)
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

    private static void WriteOllama(Utf8JsonWriter json, string name, long since)
    {
        json.WriteStartObject();
        json.WriteString("name"u8, name);
        json.WriteString("model"u8, name);
        json.WriteString("modified_at"u8, DateTimeOffset.FromUnixTimeSeconds(since));
        json.WriteEndObject();
    }
}
