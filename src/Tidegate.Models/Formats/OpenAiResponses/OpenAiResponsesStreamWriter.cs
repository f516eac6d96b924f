using System.Buffers;
using System.Text.Json;
using Tidegate.Models.Chat;

namespace Tidegate.Models.Formats.OpenAiResponses;

/// <summary>Writes the events of a streamed response. The last one repeats everything, with usage.</summary>
internal sealed class OpenAiResponsesStreamWriter : IStreamWriter
{
    private readonly AnswerContext _context;
    private readonly OpenAiResponsesEvents _events = new();
    private readonly OpenAiResponsesOutput _output;
    private string _id;
    private long _created;
    private Usage? _usage;
    private ModelError? _error;
    private bool _begun;

    public OpenAiResponsesStreamWriter(AnswerContext context)
    {
        _context = context;
        _output = new OpenAiResponsesOutput(context.CallId, _events);
        _id = OpenAiResponsesAnswerWriter.IdOf("", context);
        _created = context.Created.ToUnixTimeSeconds();
    }

    public void Write(ChatEvent next, IBufferWriter<byte> output)
    {
        _events.Output = output;
        switch (next)
        {
            case Started started:
                _id = OpenAiResponsesAnswerWriter.IdOf(started.Id, _context);
                _created = started.Created ?? _created;
                Begin();
                break;
            case Used used:
                _usage = used.Usage;
                break;
            case Failed failed when _error is null:
                Begin();
                _error = failed.Error;
                Tell("response.failed"u8, whole: true);
                break;
            case not Failed:
                Begin();
                _output.Add(next);
                break;
        }
    }

    public void End(IBufferWriter<byte> output)
    {
        // Without a reason for its end an answer is truncated, and the missing last event shows it.
        if (_error is not null || _output.Finish is not { } finish) return;
        _events.Output = output;
        Tell(OpenAiResponsesObject.StatusOf(finish, null) == "incomplete" ? "response.incomplete"u8 : "response.completed"u8, whole: true);
    }

    private void Begin()
    {
        if (_begun) return;
        _begun = true;
        Tell("response.created"u8, whole: false);
        Tell("response.in_progress"u8, whole: false);
    }

    private void Tell(ReadOnlySpan<byte> type, bool whole) => _events.Write(type, (Writer: this, Whole: whole), static (json, e) =>
    {
        json.WritePropertyName("response");
        e.Writer.WriteResponse(json, e.Whole);
    });

    private void WriteResponse(Utf8JsonWriter json, bool whole) =>
        OpenAiResponsesObject.Write(json, _id, _created, _context.Model, whole ? _output : null, whole ? _usage : null, _error);
}
