using System.Buffers;
using Tidegate.Models.Chat;
using Tidegate.Models.Formats.OpenAi;
using Tidegate.Models.Streaming.Sse;

namespace Tidegate.Models.Formats.OpenAiCompletions;

/// <summary>Writes the chunks of a streamed answer. Thoughts, sources and calls have no place in this format.</summary>
internal sealed class OpenAiCompletionsStreamWriter(AnswerContext context) : IStreamWriter
{
    private readonly SortedDictionary<int, (int Written, bool Finished)> _choices = [];
    private string _id = "";
    private long? _created;
    private Usage? _usage;
    private bool _failed;

    public void Write(ChatEvent next, IBufferWriter<byte> output)
    {
        switch (next)
        {
            case Started started:
                (_id, _created) = (started.Id, started.Created);
                break;
            case Used used:
                _usage = used.Usage;
                break;
            case Failed failed:
                _failed = true;
                SseFrameWriter.Write(output, default, failed.Error, static (json, error) => OpenAiErrors.Write(error, json));
                break;
            case TextDelta text:
                Write(next.Choice, text.Text, text.Logprobs, null, output);
                break;
            case RefusalDelta refusal:
                Write(next.Choice, refusal.Text, [], null, output);
                break;
            case Finished finished:
                Write(next.Choice, "", [], OpenAiCompletionsAnswerWriter.FinishWord(finished.Finish), output);
                break;
        }
    }

    public void End(IBufferWriter<byte> output)
    {
        if (_failed || _choices.Count == 0 || _choices.Values.Any(c => !c.Finished)) return;
        if (context.StreamUsage && _usage is { } usage)
        {
            SseFrameWriter.Write(output, default, (Writer: this, Usage: usage), static (json, e) =>
            {
                OpenAiCompletionsAnswerWriter.WriteHead(e.Writer._id, e.Writer._created, e.Writer.Context, json);
                json.WriteStartArray("choices");
                json.WriteEndArray();
                OpenAiUsage.WriteChat("usage", e.Usage, json);
                json.WriteEndObject();
            });
        }

        SseFrameWriter.Write(output, "[DONE]"u8);
    }

    private AnswerContext Context => context;

    private void Write(int index, string text, IReadOnlyList<TokenLogprob> logprobs, string? finish, IBufferWriter<byte> output)
    {
        var before = _choices.GetValueOrDefault(index).Written;
        _choices[index] = (before + text.Length, finish is not null);
        SseFrameWriter.Write(output, default, (Writer: this, index, text, logprobs, finish, before), static (json, e) =>
        {
            OpenAiCompletionsAnswerWriter.WriteHead(e.Writer._id, e.Writer._created, e.Writer.Context, json);
            json.WriteStartArray("choices");
            json.WriteStartObject();
            json.WriteString("text", e.text);
            json.WriteNumber("index", e.index);
            OpenAiCompletionsLogprobs.Write(e.logprobs, e.before, json);
            json.WriteString("finish_reason", e.finish);
            json.WriteEndObject();
            json.WriteEndArray();
            if (e.Writer.Context.StreamUsage) json.WriteNull("usage");
            json.WriteEndObject();
        });
    }
}
