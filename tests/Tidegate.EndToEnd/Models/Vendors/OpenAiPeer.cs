using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Tidegate.EndToEnd.Models.Support;

namespace Tidegate.EndToEnd.Models.Vendors;

/// <summary>OpenAI's chat completions and embeddings; the base of those that speak like it.</summary>
internal class OpenAiPeer : VendorPeer
{
    public override string Vendor => "openai";

    public override string Base => "/v1";

    /// <summary>Checks path and parameters; true for embeddings.</summary>
    protected virtual bool IsEmbeddings(HttpContext context, string path)
    {
        Require(path is "/v1/chat/completions" or "/v1/embeddings", $"one of its paths, not {path}");
        return path == "/v1/embeddings";
    }

    /// <summary>The model asked for.</summary>
    protected virtual string ModelOf(string path, JsonObject body) => body["model"]!.GetValue<string>();

    /// <summary>Checks what look-alikes do differently.</summary>
    protected virtual void Check(JsonObject body) => Require(!body.ContainsKey("max_tokens"), "max_completion_tokens: newer models refuse max_tokens");

    protected override VendorAsk Read(HttpContext context, string path, JsonObject body)
    {
        var embeddings = IsEmbeddings(context, path);
        var model = ModelOf(path, body);
        if (embeddings)
        {
            var input = body["input"]!;
            return new VendorAsk(model, false) { Embed = input is JsonArray list ? [.. list.Select(i => i!.GetValue<string>())] : [input.GetValue<string>()] };
        }

        Check(body);
        var messages = body["messages"]!.AsArray().Select(m => m!.AsObject()).ToList();
        var last = messages[^1];
        if (last["role"]!.GetValue<string>() == "tool")
        {
            var call = messages[^2]["tool_calls"]![0]!;
            Require(messages[^2]["role"]!.GetValue<string>() == "assistant" && call["id"]!.GetValue<string>() == last["tool_call_id"]!.GetValue<string>(), "the call before its result");
            Require(call["function"]!["arguments"]!.GetValue<string>() == """{"port":"Kiel"}""", "the call's arguments as text");
        }

        return new VendorAsk(model, body["stream"]?.GetValue<bool>() == true)
        {
            System = Text(messages.FirstOrDefault(m => m["role"]!.GetValue<string>() is "system" or "developer")),
            Text = Text(messages.Last(m => m["role"]!.GetValue<string>() == "user")),
            Tools = [.. body["tools"]?.AsArray().Select(Tool) ?? []],
            ToolResult = last["role"]!.GetValue<string>() == "tool" ? Text(last) : null,
            Image = last["content"] is JsonArray parts && parts.FirstOrDefault(p => p!["type"]!.GetValue<string>() == "image_url") is { } image ? Image(image) : null,
            HasSchema = body["response_format"] is { } format && Schema(format),
        };
    }

    protected override string Answer(VendorAsk ask, VendorReply reply)
    {
        var message = reply.Tool is null
            ? $$"""{"role":"assistant","content":{{Quote(reply.Text)}},"refusal":null,"annotations":[]}"""
            : $$"""{"role":"assistant","content":null,"tool_calls":[{"id":"call_1","type":"function","function":{"name":"{{reply.Tool}}","arguments":{{Quote(reply.Arguments)}} } }]}""";
        return $$$"""{"id":"chatcmpl-1","object":"chat.completion","created":1763500000,"model":"{{{ask.Model}}}","choices":[{"index":0,"message":{{{message}}},"logprobs":null,"finish_reason":"{{{Finish(reply)}}}"}],"usage":{{{Usage}}},"system_fingerprint":"fp_1"}""";
    }

    protected override IEnumerable<byte[]> Frames(VendorAsk ask, VendorReply reply)
    {
        yield return Chunk(ask, """{"role":"assistant","content":""}""");
        if (reply.Tool is null)
        {
            foreach (var piece in reply.Pieces) yield return Chunk(ask, $$"""{"content":{{Quote(piece)}} }""");
        }
        else
        {
            yield return Chunk(ask, $$$"""{"tool_calls":[{"index":0,"id":"call_1","type":"function","function":{"name":"{{{reply.Tool}}}","arguments":""}}]}""");
            foreach (var piece in reply.ArgumentPieces) yield return Chunk(ask, $$$"""{"tool_calls":[{"index":0,"function":{"arguments":{{{Quote(piece)}}} } }]}""");
        }

        yield return Chunk(ask, "{}", $"\"{Finish(reply)}\"");
        yield return Sse($$"""{"id":"chatcmpl-1","object":"chat.completion.chunk","created":1763500000,"model":"{{ask.Model}}","choices":[],"usage":{{Usage}} }""");
        yield return Sse("[DONE]");
    }

    protected override string Embeddings(VendorAsk ask, IReadOnlyList<string> inputs) =>
        $$$"""{"object":"list","data":[{{{string.Join(',', inputs.Select((t, i) => $$"""{"object":"embedding","index":{{i}},"embedding":{{Embedding(t)}} }"""))}}}],"model":"{{{ask.Model}}}","usage":{"prompt_tokens":8,"total_tokens":8}}""";

    /// <summary>One vector: numbers, or base64 where that was asked for.</summary>
    protected virtual string Embedding(string text) => Quote(Convert.ToBase64String([.. BitConverter.GetBytes((float)text.Length), .. BitConverter.GetBytes(-1f)]));

    protected override string Error(HttpContext context, int status) => status switch
    {
        401 => """{"error":{"message":"Incorrect API key provided.","type":"invalid_request_error","param":null,"code":"invalid_api_key"}}""",
        404 => """{"error":{"message":"The model does not exist.","type":"invalid_request_error","param":null,"code":"model_not_found"}}""",
        429 => """{"error":{"message":"Rate limit reached.","type":"requests","param":null,"code":"rate_limit_exceeded"}}""",
        500 => """{"error":{"message":"The server had an error.","type":"server_error","param":null,"code":null}}""",
        _ => """{"error":{"message":"Invalid value.","type":"invalid_request_error","param":"messages","code":null}}""",
    };

    private static string Usage => """{"prompt_tokens":12,"completion_tokens":9,"total_tokens":21,"prompt_tokens_details":{"cached_tokens":4,"audio_tokens":0},"completion_tokens_details":{"reasoning_tokens":3,"audio_tokens":0}}""";

    private static string Finish(VendorReply reply) => reply.Tool is null ? "stop" : "tool_calls";

    private static byte[] Chunk(VendorAsk ask, string delta, string finish = "null") =>
        Sse($$$"""{"id":"chatcmpl-1","object":"chat.completion.chunk","created":1763500000,"model":"{{{ask.Model}}}","choices":[{"index":0,"delta":{{{delta}}},"logprobs":null,"finish_reason":{{{finish}}} }]}""");

    private static string Text(JsonObject? message) => message?["content"] switch
    {
        JsonArray parts => string.Concat(parts.Where(p => p!["type"]!.GetValue<string>() == "text").Select(p => p!["text"]!.GetValue<string>())),
        { } text => text.GetValue<string>(),
        null => "",
    };

    private static string Tool(JsonNode? tool)
    {
        Require(tool!["type"]!.GetValue<string>() == "function" && tool["function"]!["parameters"]!["type"]!.GetValue<string>() == "object", "a function with a schema");
        return tool["function"]!["name"]!.GetValue<string>();
    }

    private static byte[] Image(JsonNode part)
    {
        var url = part["image_url"]!["url"]!.GetValue<string>();
        Require(url.StartsWith("data:image/png;base64,", StringComparison.Ordinal), "a data URL");
        return Convert.FromBase64String(url["data:image/png;base64,".Length..]);
    }

    private static bool Schema(JsonNode format)
    {
        Require(format["type"]!.GetValue<string>() == "json_schema" && format["json_schema"]!["name"] is not null && format["json_schema"]!["schema"]!["properties"]!["height"] is not null, "a named schema");
        return true;
    }
}
