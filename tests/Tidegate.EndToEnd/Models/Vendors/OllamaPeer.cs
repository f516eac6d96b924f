using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Tidegate.EndToEnd.Models.Support;

namespace Tidegate.EndToEnd.Models.Vendors;

/// <summary>Ollama: its own chat, in lines of JSON, and its copy of OpenAI's API.</summary>
internal sealed class OllamaPeer : OpenAiPeer
{
    private const string Own = "/api/chat";

    public override string Vendor => "ollama";

    public override string Base => "";

    protected override string StreamType => _own ? "application/x-ndjson" : "text/event-stream";

    private bool _own; // scenarios ask one after the other

    protected override void Check(JsonObject body)
    {
    }

    protected override VendorAsk Read(HttpContext context, string path, JsonObject body)
    {
        _own = path == Own;
        if (!_own) return base.Read(context, path, body);
        Only(body, "model", "messages", "tools", "think", "format", "options", "stream", "keep_alive", "logprobs", "top_logprobs");
        var messages = body["messages"]!.AsArray().Select(m => m!.AsObject()).ToList();
        var last = messages[^1];
        if (last["role"]!.GetValue<string>() == "tool")
            Require(last["tool_name"]!.GetValue<string>() == "get_tide" && messages[^2]["tool_calls"]![0]!["function"]!["arguments"]!["port"]!.GetValue<string>() == "Kiel", "the call before its result, arguments as an object");
        return new VendorAsk(body["model"]!.GetValue<string>(), body["stream"]?.GetValue<bool>() ?? true)
        {
            System = messages.FirstOrDefault(m => m["role"]!.GetValue<string>() == "system")?["content"]!.GetValue<string>() ?? "",
            Text = messages.Last(m => m["role"]!.GetValue<string>() == "user")["content"]!.GetValue<string>(),
            Tools = [.. body["tools"]?.AsArray().Select(t => t!["function"]!["name"]!.GetValue<string>()) ?? []],
            ToolResult = last["role"]!.GetValue<string>() == "tool" ? last["content"]!.GetValue<string>() : null,
            Image = last["images"] is JsonArray images ? Convert.FromBase64String(images[0]!.GetValue<string>()) : null,
            HasSchema = body["format"] is JsonObject format && format["properties"]!["height"] is not null,
        };
    }

    protected override string Answer(VendorAsk ask, VendorReply reply) => _own ? Line(ask, Message(reply), Done) : base.Answer(ask, reply);

    protected override IEnumerable<byte[]> Frames(VendorAsk ask, VendorReply reply)
    {
        if (!_own) return base.Frames(ask, reply);
        string[] said = reply.Tool is null ? [.. reply.Pieces.Select(p => Message(new VendorReply(p)))] : [Message(reply)];
        return [.. said.Select(m => Bytes(Line(ask, m, "\"done\":false"))), Bytes(Line(ask, Message(new VendorReply("")), Done))];
    }

    protected override string Embedding(string text) => Vector(text); // it knows numbers only

    protected override string Error(HttpContext context, int status) => _own ? """{"error":"it went wrong"}""" : base.Error(context, status);

    private static string Done => """
        "done":true,"done_reason":"stop","total_duration":5000000000,"load_duration":1000000,"prompt_eval_count":12,"prompt_eval_duration":300000000,"eval_count":9,"eval_duration":4000000000
        """;

    private static byte[] Bytes(string line) => Encoding.UTF8.GetBytes(line + "\n");

    private static string Line(VendorAsk ask, string message, string end) => $$"""{"model":"{{ask.Model}}","created_at":"2026-11-22T20:00:00.123456789Z","message":{{message}},{{end}} }""";

    private static string Message(VendorReply reply) => reply.Tool is null
        ? $$"""{"role":"assistant","content":{{Quote(reply.Text)}} }"""
        : $$$"""{"role":"assistant","content":"","tool_calls":[{"function":{"name":"{{{reply.Tool}}}","arguments":{{{reply.Arguments}}} } }]}""";
}
