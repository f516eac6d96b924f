using System.Text;
using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Formats.OpenAi;

namespace Tidegate.Models.Formats.OpenAiResponses;

/// <summary>A call of a function.</summary>
internal sealed class OpenAiResponsesCallItem(string id, int index, OpenAiResponsesEvents events, ToolCallStarted call) : OpenAiResponsesItem(id, index, events)
{
    private readonly StringBuilder _arguments = new();

    public override bool Accepts(ChatEvent next) => next is ToolArgumentsDelta delta && delta.Call == call.Call;

    public override void Add(ChatEvent next)
    {
        var delta = (ToolArgumentsDelta)next;
        _arguments.Append(delta.Json);
        Events.Write("response.function_call_arguments.delta"u8, (Item: this, delta.Json), static (json, e) =>
        {
            e.Item.WritePlace(json);
            json.WriteString("delta", e.Json);
        });
    }

    public override void Write(Utf8JsonWriter json, string status)
    {
        json.WriteStartObject();
        json.WriteString("type", "function_call");
        json.WriteString("id", Id);
        json.WriteString("status", status);
        json.WriteString("call_id", call.Id);
        json.WriteString("name", call.Name);
        json.WriteString("arguments", _arguments.ToString());
        OpenAiThoughtMark.Write(call.Signature, toProvider: false, json);
        json.WriteEndObject();
    }

    protected override void EndParts()
    {
        // A call without arguments is an empty text with some vendors; here it is always JSON.
        if (_arguments.Length == 0) Add(new ToolArgumentsDelta(call.Call, "{}"));
        Events.Write("response.function_call_arguments.done"u8, this, static (json, item) =>
        {
            item.WritePlace(json);
            json.WriteString("name", item.Name);
            json.WriteString("arguments", item._arguments.ToString());
        });
    }

    private string Name => call.Name;
}
