using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Tidegate.EndToEnd.Models.Support;

namespace Tidegate.EndToEnd.Models.Vendors;

/// <summary>Google's Gemini with an API key.</summary>
internal class GeminiPeer : VendorPeer
{
    public override string Vendor => "gemini";

    /// <summary>What stands before the model.</summary>
    protected virtual string Prefix => "/v1beta/models/";

    protected override bool IsKey(HttpRequest request) => request.Headers["x-goog-api-key"] == Key;

    protected override VendorAsk Read(HttpContext context, string path, JsonObject body)
    {
        Require(path.StartsWith(Prefix, StringComparison.Ordinal) && path.Contains(':', StringComparison.Ordinal), $"a model and a verb, not {path}");
        var (model, verb) = (path[Prefix.Length..path.LastIndexOf(':')], path[(path.LastIndexOf(':') + 1)..]);
        if (ReadEmbeddings(model, verb, body) is { } embed) return embed;
        Require(verb == "generateContent" || (verb == "streamGenerateContent" && context.Request.Query["alt"] == "sse"), $"a verb it has, not {verb}");
        Only(body, "contents", "systemInstruction", "tools", "toolConfig", "safetySettings", "generationConfig", "cachedContent");
        var contents = body["contents"]!.AsArray().Select(c => c!.AsObject()).ToList();
        Require(contents.TrueForAll(c => c["role"]!.GetValue<string>() is "user" or "model"), "users and models only");
        var last = contents[^1]["parts"]!.AsArray().Select(p => p!.AsObject()).ToList();
        var result = last.Find(p => p.ContainsKey("functionResponse"))?["functionResponse"];
        if (result is not null)
        {
            var call = contents[^2]["parts"]!.AsArray().First(p => p!["functionCall"] is not null)!["functionCall"]!;
            Require(call["name"]!.GetValue<string>() == result["name"]!.GetValue<string>() && call["args"]!["port"]!.GetValue<string>() == "Kiel", "the call before its result, by name");
        }

        var image = last.Find(p => p.ContainsKey("inlineData"))?["inlineData"];
        if (image is not null) Require(image["mimeType"]!.GetValue<string>() == "image/png", "the image's type");
        var config = body["generationConfig"];
        return new VendorAsk(model, verb == "streamGenerateContent")
        {
            System = Words(body["systemInstruction"]),
            Text = Words(contents.Last(c => c["role"]!.GetValue<string>() == "user")),
            Tools = [.. body["tools"]?.AsArray().SelectMany(t => t!["functionDeclarations"]!.AsArray()).Select(t => t!["name"]!.GetValue<string>()) ?? []],
            ToolResult = result is null ? null : result["response"]!.AsObject().First().Value!.GetValue<string>(),
            Image = image is null ? null : Convert.FromBase64String(image["data"]!.GetValue<string>()),
            HasSchema = config?["responseMimeType"]?.GetValue<string>() == "application/json" && (config["responseJsonSchema"] ?? config["responseSchema"])!["properties"]!["height"] is not null,
        };
    }

    /// <summary>A call for embeddings; null when it is none.</summary>
    protected virtual VendorAsk? ReadEmbeddings(string model, string verb, JsonObject body)
    {
        if (verb != "batchEmbedContents") return null;
        var requests = body["requests"]!.AsArray().Select(r => r!.AsObject()).ToList();
        Require(requests.TrueForAll(r => r["model"]!.GetValue<string>() == $"models/{model}"), "the model again in every request");
        return new VendorAsk(model, false) { Embed = [.. requests.Select(r => Words(r["content"]))] };
    }

    protected override string Answer(VendorAsk ask, VendorReply reply) => Chunk(ask, Part(reply), """ "finishReason":"STOP", """);

    protected override IEnumerable<byte[]> Frames(VendorAsk ask, VendorReply reply)
    {
        string[] parts = reply.Tool is null ? [.. reply.Pieces.Select(p => Part(new VendorReply(p)))] : [Part(reply)];
        for (var i = 0; i < parts.Length; i++) yield return Sse(Chunk(ask, parts[i], i == parts.Length - 1 ? """ "finishReason":"STOP", """ : ""));
    }

    protected override string Embeddings(VendorAsk ask, IReadOnlyList<string> inputs) => $$"""{"embeddings":[{{string.Join(',', inputs.Select(t => $$"""{"values":{{Vector(t)}} }"""))}}]}""";

    protected override string Error(HttpContext context, int status) => status switch
    {
        401 => """{"error":{"code":401,"message":"API key not valid. Please pass a valid API key.","status":"UNAUTHENTICATED","details":[{"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"API_KEY_INVALID","domain":"googleapis.com"}]}}""",
        404 => """{"error":{"code":404,"message":"models/m-404 is not found for API version v1beta.","status":"NOT_FOUND"}}""",
        429 => """{"error":{"code":429,"message":"You exceeded your current quota.","status":"RESOURCE_EXHAUSTED"}}""",
        500 => """{"error":{"code":500,"message":"An internal error has occurred.","status":"INTERNAL"}}""",
        _ => """{"error":{"code":400,"message":"Invalid value at 'contents'.","status":"INVALID_ARGUMENT"}}""",
    };

    private static string Chunk(VendorAsk ask, string part, string finish) =>
        $$$"""{"candidates":[{"content":{"role":"model","parts":[{{{part}}}]},{{{finish}}}"index":0}],"usageMetadata":{"promptTokenCount":12,"cachedContentTokenCount":4,"candidatesTokenCount":6,"thoughtsTokenCount":3,"totalTokenCount":21},"modelVersion":"{{{ask.Model}}}","responseId":"r1"}""";

    private static string Part(VendorReply reply) => reply.Tool is null
        ? $$"""{"text":{{Quote(reply.Text)}} }"""
        : $$$"""{"functionCall":{"name":"{{{reply.Tool}}}","args":{{{reply.Arguments}}} },"thoughtSignature":"c2ln"}""";

    /// <summary>The texts of a content.</summary>
    protected static string Words(JsonNode? content) => content is null ? "" : string.Concat(content["parts"]!.AsArray().Where(p => p!["text"] is not null).Select(p => p!["text"]!.GetValue<string>()));
}
