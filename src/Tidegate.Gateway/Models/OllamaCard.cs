using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Tidegate.Core.Calls;
using Tidegate.Gateway.Models.Faces;
using Tidegate.Gateway.Models.Targets;
using Tidegate.Gateway.Request;
using Tidegate.Models.Json;
using Tidegate.Models.Providers;

namespace Tidegate.Gateway.Models;

/// <summary>What Ollama's clients ask before they talk: the version of the API (<c>/api/version</c>), and what a model is and can do (<c>/api/show</c>).</summary>
internal static class OllamaCard
{
    /// <summary>Version of Ollama whose API is spoken: clients look for features by it.</summary>
    public const string ApiVersion = "0.12.0";

    private const string Family = "tidegate";

    /// <summary>True for a question for the version.</summary>
    public static bool IsVersion(GatewayCall call) => call.Face is { Operation: ModelOperation.Version } && HttpMethods.IsGet(call.Http.Request.Method);

    /// <summary>The model as clients of before 2025 name it, in <c>name</c>; null when the request is another, or does not.</summary>
    public static string? NameIn(Face face, ReadOnlyMemory<byte> body)
    {
        if (face.Operation != ModelOperation.Show) return null;
        using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 128 });
        return document.RootElement.Text("name");
    }

    /// <summary>Writes the version.</summary>
    public static ValueTask WriteVersionAsync(GatewayCall call) => WriteAsync(call, static (json, _) => json.WriteString("version"u8, ApiVersion), 0);

    /// <summary>Writes what is known of a model: the largest window among its targets, and what all of them are known to be able to.</summary>
    public static ValueTask WriteAsync(GatewayCall call, AliasModel alias)
    {
        call.Record.Service = alias.Name;
        return WriteAsync(call, Write, (Alias: alias, Since: call.Record.StartedAt));
    }

    private static void Write(Utf8JsonWriter json, (AliasModel Alias, DateTimeOffset Since) of)
    {
        var window = 0;
        var (tools, vision, thinking) = (of.Alias.Targets.Length > 0, of.Alias.Targets.Length > 0, of.Alias.Targets.Length > 0);
        foreach (var target in of.Alias.Targets)
        {
            window = Math.Max(window, target.ContextWindow);
            tools &= target.Facts.Can("tools");
            vision &= target.Facts.Can("vision");
            thinking &= target.Facts.Can("reasoning");
        }

        json.WriteString("modelfile"u8, "");
        json.WriteString("parameters"u8, "");
        json.WriteString("template"u8, "");
        json.WriteStartObject("details"u8);
        json.WriteString("parent_model"u8, "");
        json.WriteString("format"u8, "");
        json.WriteString("family"u8, Family);
        json.WriteStartArray("families"u8);
        json.WriteStringValue(Family);
        json.WriteEndArray();
        json.WriteString("parameter_size"u8, "");
        json.WriteString("quantization_level"u8, "");
        json.WriteEndObject();
        json.WriteStartObject("model_info"u8);
        json.WriteString("general.architecture"u8, Family);
        json.WriteString("general.basename"u8, of.Alias.Name);
        if (window > 0) json.WriteNumber($"{Family}.context_length", window);
        json.WriteEndObject();
        json.WriteStartArray("capabilities"u8);
        json.WriteStringValue("completion"u8);
        if (tools) json.WriteStringValue("tools"u8);
        if (vision) json.WriteStringValue("vision"u8);
        if (thinking) json.WriteStringValue("thinking"u8);
        json.WriteEndArray();
        json.WriteString("modified_at"u8, of.Since);
    }

    private static async ValueTask WriteAsync<T>(GatewayCall call, Action<Utf8JsonWriter, T> write, T of)
    {
        var response = call.Http.Response;
        response.ContentType = "application/json";
        ResponseFinish.Apply(call);
        using (var json = new Utf8JsonWriter(response.BodyWriter))
        {
            json.WriteStartObject();
            write(json, of);
            json.WriteEndObject();
            json.Flush();
            call.Record.ResponseBytes = json.BytesCommitted;
        }

        call.Record.Outcome = CallOutcome.Ok;
        await response.BodyWriter.FlushAsync(call.Http.RequestAborted);
    }
}
