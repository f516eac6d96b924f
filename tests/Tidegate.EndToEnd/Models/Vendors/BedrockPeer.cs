using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Tidegate.EndToEnd.Models.Support;

namespace Tidegate.EndToEnd.Models.Vendors;

/// <summary>Amazon Bedrock: Converse, its streams in AWS' binary frames, Titan's embeddings, requests signed.</summary>
internal sealed partial class BedrockPeer : VendorPeer
{
    private const string Id = "AKIDTIDES";

    public override string Vendor => "bedrock";

    public override string Spec => "region: eu-west-1";

    public override string Secret => $"{Id}:vendor-secret";

    protected override string StreamType => "application/vnd.amazon.eventstream";

    // The signature itself is checked by the unit tests of SigV4, against AWS' own examples.
    protected override bool IsKey(HttpRequest request) => Signed().IsMatch(request.Headers.Authorization.ToString()) && request.Headers["x-amz-date"].Count == 1;

    protected override VendorAsk Read(HttpContext context, string path, JsonObject body)
    {
        var parts = path.Split('/');
        Require(parts is ["", "model", _, "converse" or "converse-stream" or "invoke"], $"a model and a verb, not {path}");
        if (parts[3] == "invoke") return new VendorAsk(parts[2], false) { Embed = [body["inputText"]!.GetValue<string>()] };
        Only(body, "messages", "system", "inferenceConfig", "toolConfig", "guardrailConfig", "additionalModelRequestFields", "outputConfig");
        var messages = body["messages"]!.AsArray().Select(m => m!.AsObject()).ToList();
        var last = messages[^1]["content"]!.AsArray().Select(b => b!.AsObject()).ToList();
        var result = last.Find(b => b.ContainsKey("toolResult"))?["toolResult"];
        if (result is not null)
        {
            var call = messages[^2]["content"]!.AsArray().First(b => b!["toolUse"] is not null)!["toolUse"]!;
            Require(call["toolUseId"]!.GetValue<string>() == result["toolUseId"]!.GetValue<string>() && call["input"]!["port"]!.GetValue<string>() == "Kiel", "the call before its result");
        }

        var image = last.Find(b => b.ContainsKey("image"))?["image"];
        if (image is not null) Require(image["format"]!.GetValue<string>() == "png", "the image's format");
        return new VendorAsk(parts[2], parts[3] == "converse-stream")
        {
            System = Words(body["system"]),
            Text = Words(messages.Last(m => m["role"]!.GetValue<string>() == "user")["content"]),
            Tools = [.. body["toolConfig"]?["tools"]!.AsArray().Select(t => t!["toolSpec"]!["inputSchema"]!["json"] is not null ? t["toolSpec"]!["name"]!.GetValue<string>() : "") ?? []],
            ToolResult = result is null ? null : Words(result["content"]),
            Image = image is null ? null : Convert.FromBase64String(image["source"]!["bytes"]!.GetValue<string>()),
            HasSchema = body["outputConfig"]?["textFormat"] is { } format && format["type"]!.GetValue<string>() == "json_schema",
        };
    }

    protected override string Answer(VendorAsk ask, VendorReply reply)
    {
        var block = reply.Tool is null ? $$"""{"text":{{Quote(reply.Text)}} }""" : $$$"""{"toolUse":{"toolUseId":"tooluse_1","name":"{{{reply.Tool}}}","input":{{{reply.Arguments}}} } }""";
        return $$$"""{"output":{"message":{"role":"assistant","content":[{{{block}}}]}},"stopReason":"{{{Stop(reply)}}}","usage":{{{Usage}}},"metrics":{"latencyMs":500}}""";
    }

    protected override IEnumerable<byte[]> Frames(VendorAsk ask, VendorReply reply)
    {
        yield return Event("messageStart", """{"role":"assistant"}""");
        if (reply.Tool is null)
        {
            foreach (var piece in reply.Pieces) yield return Event("contentBlockDelta", $$$"""{"contentBlockIndex":0,"delta":{"text":{{{Quote(piece)}}} } }""");
        }
        else
        {
            yield return Event("contentBlockStart", $$$"""{"contentBlockIndex":0,"start":{"toolUse":{"toolUseId":"tooluse_1","name":"{{{reply.Tool}}}"} } }""");
            foreach (var piece in reply.ArgumentPieces) yield return Event("contentBlockDelta", $$$$"""{"contentBlockIndex":0,"delta":{"toolUse":{"input":{{{{Quote(piece)}}}} } } }""");
        }

        yield return Event("contentBlockStop", """{"contentBlockIndex":0}""");
        yield return Event("messageStop", $$"""{"stopReason":"{{Stop(reply)}}"}""");
        yield return Event("metadata", $$$"""{"usage":{{{Usage}}},"metrics":{"latencyMs":500}}""");
    }

    protected override string Embeddings(VendorAsk ask, IReadOnlyList<string> inputs) => $$"""{"embedding":{{Vector(inputs[0])}},"inputTextTokenCount":8}""";

    protected override string Error(HttpContext context, int status)
    {
        context.Response.Headers["x-amzn-ErrorType"] = status switch { 401 or 403 => "AccessDeniedException", 404 => "ResourceNotFoundException", 429 => "ThrottlingException", 500 => "InternalServerException", _ => "ValidationException" };
        return """{"message":"it went wrong"}""";
    }

    private static string Usage => """{"inputTokens":8,"outputTokens":9,"totalTokens":21,"cacheReadInputTokens":4,"cacheWriteInputTokens":0}""";

    private static string Stop(VendorReply reply) => reply.Tool is null ? "end_turn" : "tool_use";

    private static string Words(JsonNode? blocks) => blocks is null ? "" : string.Concat(blocks.AsArray().Where(b => b!["text"] is not null).Select(b => b!["text"]!.GetValue<string>()));

    // A message of AWS' event stream: lengths, their checksum, headers, payload, checksum of all.
    private static byte[] Event(string name, string payload)
    {
        byte[] head = [.. Header(":event-type", name), .. Header(":content-type", "application/json"), .. Header(":message-type", "event")];
        var body = Encoding.UTF8.GetBytes(payload);
        byte[] prelude = [.. Number((uint)(16 + head.Length + body.Length)), .. Number((uint)head.Length)];
        byte[] all = [.. prelude, .. Number(Crc32.HashToUInt32(prelude)), .. head, .. body];
        return [.. all, .. Number(Crc32.HashToUInt32(all))];
    }

    private static byte[] Header(string name, string value) => [(byte)name.Length, .. Encoding.UTF8.GetBytes(name), 7, 0, (byte)value.Length, .. Encoding.UTF8.GetBytes(value)];

    private static byte[] Number(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }

    [GeneratedRegex($"^AWS4-HMAC-SHA256 Credential={Id}/[0-9]{{8}}/eu-west-1/bedrock/aws4_request, ?SignedHeaders=[a-z0-9;-]*host[a-z0-9;-]*, ?Signature=[0-9a-f]{{64}}$")]
    private static partial Regex Signed();
}
