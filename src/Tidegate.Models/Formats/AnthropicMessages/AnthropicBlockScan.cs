using System.Text.Json;
using Tidegate.Models.Json;

namespace Tidegate.Models.Formats.AnthropicMessages;

/// <summary>What a block or a delta shows, however its fields are ordered.</summary>
internal struct AnthropicBlockScan
{
    /// <summary>Kinds that are treated in their own way; every other one shows text or nothing.</summary>
    public const int Other = 0, Shown = 1, Arguments = 2, Signature = 3, Redacted = 4, Call = 5;

    /// <summary>One of the kinds.</summary>
    public int Kind { get; private set; }

    /// <summary>Bytes of the kind's own text; -1 for none.</summary>
    public int Length { get; private set; }

    /// <summary>The call came with its arguments.</summary>
    public bool HasInput { get; private set; }

    /// <summary>Reads the value of a <c>delta</c> or <c>content_block</c> field.</summary>
    public void Read(ref Utf8JsonReader json)
    {
        int text = -1, thinking = -1, signature = -1, arguments = -1;
        Length = -1;
        var wanted = 0;
        if (!JsonScan.Enter(ref json, JsonTokenType.StartObject)) return;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.Is("type"u8)) (Kind, wanted) = ReadKind(ref json);
            else if (json.Is("text"u8)) text = JsonScan.TextLength(ref json);
            else if (json.Is("thinking"u8)) thinking = JsonScan.TextLength(ref json);
            else if (json.Is("signature"u8)) signature = JsonScan.TextLength(ref json);
            else if (json.Is("partial_json"u8)) arguments = JsonScan.TextLength(ref json);
            // Two bytes are an empty object.
            else if (json.Is("input"u8)) HasInput = JsonScan.RawLength(ref json) > 2;
            else json.Skip();
        }

        Length = wanted switch { 1 => text, 2 => thinking, 3 => signature, 4 => arguments, _ => -1 };
    }

    private static (int Kind, int Wanted) ReadKind(ref Utf8JsonReader json)
    {
        if (JsonScan.TextLength(ref json) < 0) return (Other, 0);
        if (json.Is("text_delta"u8) || json.Is("text"u8)) return (Shown, 1);
        if (json.Is("thinking_delta"u8) || json.Is("thinking"u8)) return (Shown, 2);
        if (json.Is("signature_delta"u8)) return (Signature, 3);
        if (json.Is("input_json_delta"u8)) return (Arguments, 4);
        if (json.Is("redacted_thinking"u8)) return (Redacted, 0);
        return json.Is("tool_use"u8) ? (Call, 0) : (Other, 0);
    }
}
