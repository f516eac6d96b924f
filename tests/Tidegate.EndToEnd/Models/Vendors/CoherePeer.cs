using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Tidegate.EndToEnd.Models.Support;

namespace Tidegate.EndToEnd.Models.Vendors;

/// <summary>Cohere's second version.</summary>
internal sealed class CoherePeer : VendorPeer
{
    public override string Vendor => "cohere";

    protected override VendorAsk Read(HttpContext context, string path, JsonObject body)
    {
        if (path == "/compatibility/v1/embeddings") return new VendorAsk(body["model"]!.GetValue<string>(), false) { Embed = [.. body["input"]!.AsArray().Select(i => i!.GetValue<string>())] };
        Require(path == "/v2/chat", $"/v2/chat, not {path}");
        Only(body, "model", "messages", "tools", "strict_tools", "documents", "citation_options", "response_format", "safety_mode", "max_tokens", "stop_sequences", "temperature", "seed", "frequency_penalty", "presence_penalty", "k", "p", "logprobs", "tool_choice", "thinking", "stream");
        var messages = body["messages"]!.AsArray().Select(m => m!.AsObject()).ToList();
        var last = messages[^1];
        var result = last["role"]!.GetValue<string>() == "tool";
        if (result) Require(messages[^2]["tool_calls"]![0]!["id"]!.GetValue<string>() == last["tool_call_id"]!.GetValue<string>() && messages[^2]["tool_calls"]![0]!["type"]!.GetValue<string>() == "function", "the call before its result");
        var image = last["content"] is JsonArray parts ? parts.FirstOrDefault(p => p!["type"]!.GetValue<string>() == "image_url") : null;
        return new VendorAsk(body["model"]!.GetValue<string>(), body["stream"]?.GetValue<bool>() == true)
        {
            System = Words(messages.Find(m => m["role"]!.GetValue<string>() == "system")?["content"]),
            Text = Words(messages.Last(m => m["role"]!.GetValue<string>() == "user")["content"]),
            Tools = [.. body["tools"]?.AsArray().Select(t => t!["function"]!["name"]!.GetValue<string>()) ?? []],
            ToolResult = result ? Words(last["content"]) : null,
            Image = image is null ? null : Convert.FromBase64String(image["image_url"]!["url"]!.GetValue<string>()["data:image/png;base64,".Length..]),
            HasSchema = body["response_format"] is { } format && format["type"]!.GetValue<string>() == "json_object" && (format["json_schema"] ?? format["schema"])!["properties"]!["height"] is not null,
        };
    }

    protected override string Answer(VendorAsk ask, VendorReply reply)
    {
        var said = reply.Tool is null
            ? $$"""{"role":"assistant","content":[{"type":"text","text":{{Quote(reply.Text)}} }]}"""
            : $$$"""{"role":"assistant","tool_plan":"I look it up.","tool_calls":[{"id":"get_tide_1","type":"function","function":{"name":"{{{reply.Tool}}}","arguments":{{{Quote(reply.Arguments)}}} } }]}""";
        return $$$"""{"id":"c1","message":{{{said}}},"finish_reason":"{{{Finish(reply)}}}","usage":{{{Usage}}} }""";
    }

    protected override IEnumerable<byte[]> Frames(VendorAsk ask, VendorReply reply)
    {
        yield return Event("message-start", """{"id":"c1","type":"message-start","delta":{"message":{"role":"assistant","content":[],"tool_plan":"","tool_calls":[],"citations":[]}}}""");
        if (reply.Tool is null)
        {
            yield return Event("content-start", """{"type":"content-start","index":0,"delta":{"message":{"content":{"type":"text","text":""}}}}""");
            foreach (var piece in reply.Pieces) yield return Event("content-delta", $$$$"""{"type":"content-delta","index":0,"delta":{"message":{"content":{"text":{{{{Quote(piece)}}}} } } } }""");
            yield return Event("content-end", """{"type":"content-end","index":0}""");
        }
        else
        {
            yield return Event("tool-call-start", $$$$"""{"type":"tool-call-start","index":0,"delta":{"message":{"tool_calls":{"id":"get_tide_1","type":"function","function":{"name":"{{{{reply.Tool}}}}","arguments":""} } } } }""");
            foreach (var piece in reply.ArgumentPieces) yield return Event("tool-call-delta", $$$$$"""{"type":"tool-call-delta","index":0,"delta":{"message":{"tool_calls":{"function":{"arguments":{{{{{Quote(piece)}}}}} } } } } }""");
            yield return Event("tool-call-end", """{"type":"tool-call-end","index":0}""");
        }

        yield return Event("message-end", $$$"""{"type":"message-end","delta":{"finish_reason":"{{{Finish(reply)}}}","usage":{{{Usage}}} } }""");
    }

    protected override string Embeddings(VendorAsk ask, IReadOnlyList<string> inputs) =>
        $$$"""{"object":"list","data":[{{{string.Join(',', inputs.Select((t, i) => $$"""{"object":"embedding","index":{{i}},"embedding":{{Vector(t)}} }"""))}}}],"model":"{{{ask.Model}}}","usage":{"prompt_tokens":8,"total_tokens":8}}""";

    protected override string Error(HttpContext context, int status) => status switch
    {
        401 => """{"id":"e","message":"invalid api token"}""",
        404 => """{"id":"e","message":"model 'm-404' not found, make sure the correct model ID was used"}""",
        429 => """{"id":"e","message":"You are using a Trial key, which is limited to 20 API calls / minute."}""",
        500 => """{"id":"e","message":"internal server error"}""",
        _ => """{"id":"e","message":"invalid request: messages must be at least 1 token long"}""",
    };

    private static string Usage => """{"billed_units":{"input_tokens":12,"output_tokens":9},"tokens":{"input_tokens":75,"output_tokens":9}}""";

    private static string Finish(VendorReply reply) => reply.Tool is null ? "COMPLETE" : "TOOL_CALL";

    private static byte[] Event(string name, string data) => Encoding.UTF8.GetBytes($"event: {name}\ndata: {data}\n\n");

    private static string Words(JsonNode? content) => content switch
    {
        null => "",
        JsonArray parts => string.Concat(parts.Select(p => p!["text"]?.GetValue<string>() ?? p["document"]?["data"]?.ToString() ?? "")),
        _ => content.GetValue<string>(),
    };
}
