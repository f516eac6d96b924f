using System.Text;
using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Formats.OpenAi;
using Tidegate.Models.Json;

namespace Tidegate.Models.Formats.OpenAiChat;

/// <summary>
/// Reads the tool calls of one streamed answer. OpenAI gives an index with every piece, and id and name with the first; look-alikes leave the index out, give all
/// calls the same one, repeat id and name with every piece, or send arguments before the name.
/// </summary>
internal sealed class OpenAiChatCallReader(int choice)
{
    private readonly Dictionary<long, Call> _byIndex = [];
    private Call? _last;
    private int _count;

    public bool Any => _count > 0;

    public void Read(JsonElement piece, ICollection<ChatEvent> events)
    {
        var function = piece.Field("function");
        Read(piece.Whole("index"), piece.Text("id"), function, OpenAiThoughtMark.Read(piece.Field("extra_content")), events);
    }

    /// <summary>The one call of the times before calls had ids: its name is its id.</summary>
    public void ReadOld(JsonElement function, ICollection<ChatEvent> events) => Read(0, _last is null ? function.Text("name") : null, function, null, events);

    /// <summary>Calls whose name never came are told before the end, so that nothing is lost.</summary>
    public void Flush(ICollection<ChatEvent> events)
    {
        foreach (var call in _byIndex.Values) Start(call, events);
    }

    private void Read(long? index, string? id, JsonElement function, string? signature, ICollection<ChatEvent> events)
    {
        var call = Find(index, id);
        call.Signature ??= signature;
        if (function.Text("name") is { Length: > 0 } name) call.Name ??= name;
        var arguments = OpenAiChatContent.Arguments(function);
        if (!call.IsStarted && call.Name is not null) Start(call, events);
        if (arguments.Length == 0) return;
        if (call.IsStarted) events.Add(new ToolArgumentsDelta(call.Number, arguments) { Choice = choice });
        else call.Held.Append(arguments);
    }

    private Call Find(long? index, string? id)
    {
        Call? call;
        if (index is { } at) _byIndex.TryGetValue(at, out call);
        else call = _last;
        var isOther = call is not null && !string.IsNullOrEmpty(id) && call.Id is not null && call.Id != id;
        if (call is null || isOther)
        {
            call = new Call(_count++);
            // A second call under the same index takes its place.
            _byIndex[index ?? -1 - call.Number] = call;
        }

        if (!string.IsNullOrEmpty(id)) call.Id = id;
        return _last = call;
    }

    private void Start(Call call, ICollection<ChatEvent> events)
    {
        if (call.IsStarted) return;
        call.IsStarted = true;
        call.Id ??= $"call_{choice}_{call.Number}";
        events.Add(new ToolCallStarted(call.Number, call.Id, call.Name ?? "") { Choice = choice, Signature = call.Signature });
        if (call.Held.Length > 0) events.Add(new ToolArgumentsDelta(call.Number, call.Held.ToString()) { Choice = choice });
    }

    private sealed class Call(int number)
    {
        public int Number { get; } = number;

        public string? Id { get; set; }

        public string? Name { get; set; }

        public string? Signature { get; set; }

        public bool IsStarted { get; set; }

        public StringBuilder Held { get; } = new();
    }
}
