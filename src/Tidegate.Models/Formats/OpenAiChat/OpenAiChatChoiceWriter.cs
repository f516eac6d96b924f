using System.Text;
using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Formats.OpenAi;

namespace Tidegate.Models.Formats.OpenAiChat;

/// <summary>Writes the deltas of one answer of a stream.</summary>
internal sealed class OpenAiChatChoiceWriter
{
    private readonly StringBuilder _block = new();
    private readonly SortedSet<int> _silent = [];
    private bool _declined;
    private int _blocks;

    public bool IsFinished { get; private set; }

    /// <summary>Its role was told.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>True for the first delta of the choice, which tells the role.</summary>
    public bool Begin()
    {
        if (HasBegun) return false;
        return HasBegun = true;
    }

    /// <summary>Word of its <c>finish_reason</c>.</summary>
    public string End(Finish finish)
    {
        IsFinished = true;
        return OpenAiChatFinish.Write(finish, _declined);
    }

    /// <summary>Writes the fields of the delta.</summary>
    public void WriteDelta(ChatEvent next, Utf8JsonWriter json)
    {
        switch (next)
        {
            case TextDelta text:
                json.WriteString("content", text.Text);
                break;
            case RefusalDelta refusal:
                _declined = true;
                json.WriteString("refusal", refusal.Text);
                break;
            case ReasoningDelta reasoning:
                WriteThoughts(reasoning, json);
                break;
            case ToolCallStarted call:
                _silent.Add(call.Call);
                json.WriteStartArray("tool_calls");
                json.WriteStartObject();
                json.WriteNumber("index", call.Call);
                json.WriteString("id", call.Id);
                json.WriteString("type", "function");
                json.WriteStartObject("function");
                json.WriteString("name", call.Name);
                json.WriteString("arguments", "");
                json.WriteEndObject();
                OpenAiThoughtMark.Write(call.Signature, toProvider: false, json);
                json.WriteEndObject();
                json.WriteEndArray();
                break;
            case ToolArgumentsDelta arguments:
                _silent.Remove(arguments.Call);
                json.WriteStartArray("tool_calls");
                WriteArguments(arguments.Call, arguments.Json, json);
                json.WriteEndArray();
                break;
            case Finished when _silent.Count > 0:
                // A call without arguments is no text at all with some vendors; callers of this format parse it as JSON.
                json.WriteStartArray("tool_calls");
                foreach (var call in _silent) WriteArguments(call, "{}", json);
                json.WriteEndArray();
                break;
            case CitationAdded citation:
                json.WriteStartArray("annotations");
                OpenAiCitations.WriteChat(citation.Citation, json);
                json.WriteEndArray();
                break;
        }
    }

    private static void WriteArguments(int call, string arguments, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("index", call);
        json.WriteStartObject("function");
        json.WriteString("arguments", arguments);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    // What must come back to the provider is told once per block, with the whole block.
    private void WriteThoughts(ReasoningDelta next, Utf8JsonWriter json)
    {
        if (next.Text.Length > 0) json.WriteString("reasoning_content", next.Text);
        _block.Append(next.Text);
        if (next.Signature is null && next.Redacted is null) return;
        json.WriteStartArray("reasoning_details");
        var block = new ReasoningPart(next.Redacted is null ? _block.ToString() : "") { Signature = next.Signature, Redacted = next.Redacted };
        OpenAiChatReasoningFields.WriteDetail(block, _blocks++, toProvider: false, json);
        json.WriteEndArray();
        _block.Clear();
    }
}
