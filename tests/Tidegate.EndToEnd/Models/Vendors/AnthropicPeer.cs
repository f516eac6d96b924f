using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Tidegate.EndToEnd.Models.Support;

namespace Tidegate.EndToEnd.Models.Vendors;

/// <summary>Anthropic's messages.</summary>
internal sealed class AnthropicPeer : VendorPeer
{
    public override string Vendor => "anthropic";

    protected override bool IsKey(HttpRequest request) => request.Headers["x-api-key"] == Key;

    protected override VendorAsk Read(HttpContext context, string path, JsonObject body)
    {
        // The caller's own version where he speaks this format, ours where he does not.
        var version = context.Request.Headers["anthropic-version"].ToString();
        Require(path == "/v1/messages" && DateOnly.TryParseExact(version, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _), $"/v1/messages and a version, not {path} and '{version}'");
        Only(body, "model", "messages", "max_tokens", "system", "metadata", "stop_sequences", "stream", "temperature", "top_p", "top_k", "tools", "tool_choice", "thinking", "output_config", "service_tier");
        Require(body["max_tokens"]!.GetValue<int>() > 0, "max_tokens");
        var messages = body["messages"]!.AsArray().Select(m => m!.AsObject()).ToList();
        Require(messages.TrueForAll(m => m["role"]!.GetValue<string>() is "user" or "assistant"), "users and assistants only");
        var last = messages[^1];
        Require(last["role"]!.GetValue<string>() == "user", "a user at the end");
        var result = Block(last, "tool_result");
        if (result is not null) Require(Block(messages[^2], "tool_use") is { } call && call["id"]!.GetValue<string>() == result["tool_use_id"]!.GetValue<string>() && call["input"]!["port"]!.GetValue<string>() == "Kiel", "the call before its result");
        var image = Block(last, "image");
        if (image is not null) Require(image["source"]!["type"]!.GetValue<string>() == "base64" && image["source"]!["media_type"]!.GetValue<string>() == "image/png", "a base64 image");
        return new VendorAsk(body["model"]!.GetValue<string>(), body["stream"]?.GetValue<bool>() == true)
        {
            System = Words(body["system"]),
            Text = Words(last["content"]),
            Tools = [.. body["tools"]?.AsArray().Select(Tool) ?? []],
            ToolResult = result is null ? null : Words(result["content"]),
            Image = image is null ? null : Convert.FromBase64String(image["source"]!["data"]!.GetValue<string>()),
            HasSchema = body["output_config"]?["format"] is { } format && format["type"]!.GetValue<string>() == "json_schema" && format["schema"]!["properties"]!["height"] is not null,
        };
    }

    protected override string Answer(VendorAsk ask, VendorReply reply)
    {
        var block = reply.Tool is null ? $$"""{"type":"text","text":{{Quote(reply.Text)}} }""" : $$"""{"type":"tool_use","id":"toolu_1","name":"{{reply.Tool}}","input":{{reply.Arguments}},"caller":{"type":"direct"} }""";
        return $$$"""{"id":"msg_1","type":"message","role":"assistant","model":"{{{ask.Model}}}","content":[{{{block}}}],"stop_reason":"{{{Stop(reply)}}}","stop_sequence":null,"usage":{"input_tokens":8,"cache_creation_input_tokens":0,"cache_read_input_tokens":4,"output_tokens":9}}""";
    }

    protected override IEnumerable<byte[]> Frames(VendorAsk ask, VendorReply reply)
    {
        yield return Event("message_start", $$$"""{"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","model":"{{{ask.Model}}}","content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":8,"cache_creation_input_tokens":0,"cache_read_input_tokens":4,"output_tokens":1} } }""");
        if (reply.Tool is null)
        {
            yield return Event("content_block_start", """{"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}""");
            foreach (var piece in reply.Pieces) yield return Event("content_block_delta", $$$"""{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":{{{Quote(piece)}}} } }""");
        }
        else
        {
            yield return Event("content_block_start", $$$"""{"type":"content_block_start","index":0,"content_block":{"type":"tool_use","id":"toolu_1","name":"{{{reply.Tool}}}","caller":{"type":"direct"},"input":{} } }""");
            foreach (var piece in reply.ArgumentPieces) yield return Event("content_block_delta", $$$"""{"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":{{{Quote(piece)}}} } }""");
        }

        yield return Event("ping", """{"type":"ping"}""");
        yield return Event("content_block_stop", """{"type":"content_block_stop","index":0}""");
        yield return Event("message_delta", $$$"""{"type":"message_delta","delta":{"stop_reason":"{{{Stop(reply)}}}","stop_sequence":null},"usage":{"output_tokens":9}}""");
        yield return Event("message_stop", """{"type":"message_stop"}""");
    }

    protected override string Error(HttpContext context, int status) => status switch
    {
        401 => Error("authentication_error", "invalid x-api-key"),
        404 => Error("not_found_error", "model: m-404"),
        429 => Error("rate_limit_error", "Number of requests has exceeded your rate limit."),
        500 => Error("api_error", "Internal server error"),
        _ => Error("invalid_request_error", "messages: roles must alternate"),
    };

    private static string Error(string type, string message) => $$$"""{"type":"error","error":{"type":"{{{type}}}","message":"{{{message}}}"},"request_id":"req_1"}""";

    private static string Stop(VendorReply reply) => reply.Tool is null ? "end_turn" : "tool_use";

    private static byte[] Event(string name, string data) => Encoding.UTF8.GetBytes($"event: {name}\ndata: {data}\n\n");

    private static JsonObject? Block(JsonObject message, string type) => message["content"] is JsonArray blocks ? (JsonObject?)blocks.FirstOrDefault(b => b!["type"]!.GetValue<string>() == type) : null;

    private static string Words(JsonNode? content) => content switch
    {
        null => "",
        JsonArray blocks => string.Concat(blocks.Where(b => b!["type"]!.GetValue<string>() == "text").Select(b => b!["text"]!.GetValue<string>())),
        _ => content.GetValue<string>(),
    };

    private static string Tool(JsonNode? tool)
    {
        Require(tool!["input_schema"]!["type"]!.GetValue<string>() == "object", "an object's schema");
        return tool["name"]!.GetValue<string>();
    }
}
