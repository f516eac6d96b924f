using System.Buffers;
using System.Text;
using System.Text.Json;
using Tidegate.Models.Chat;

namespace Tidegate.Models.Formats.Gemini;

/// <summary>
/// Writes a stream of answers, each with what is new. Function calls are whole here: their arguments are gathered until something else follows. The last frame carries
/// the reasons for the end and usage; nothing follows it.
/// </summary>
internal sealed class GeminiStreamWriter(AnswerContext context, GeminiFrames frames) : IStreamWriter
{
    private readonly SortedDictionary<int, Choice> _choices = [];
    private string _id = "";
    private Usage? _usage;
    private bool _failed;

    /// <inheritdoc/>
    public void Write(ChatEvent next, IBufferWriter<byte> output)
    {
        if (_failed) return;
        switch (next)
        {
            case Started started:
                _id = started.Id;
                break;
            case Used used:
                _usage = used.Usage;
                break;
            case Failed failed:
                Fail(failed.Error, output);
                break;
            default:
                WriteContent(next, Of(next.Choice), output);
                break;
        }
    }

    /// <inheritdoc/>
    public void End(IBufferWriter<byte> output)
    {
        if (!_failed && (_choices.Count == 0 || _choices.Values.Any(c => c.Finish is null))) Fail(new ModelError(ModelErrorKind.Server, 0, "The stream ended before the answer did."), output);
        else if (!_failed) frames.Write(output, this, static (json, self) => self.WriteLast(json));
        frames.End(output);
    }

    private void WriteContent(ChatEvent next, Choice choice, IBufferWriter<byte> output)
    {
        switch (next)
        {
            case TextDelta text:
                choice.Text.Append(text.Text);
                WritePart(new TextPart(text.Text), choice, text.Logprobs, output);
                break;
            case RefusalDelta refusal:
                WritePart(new RefusalPart(refusal.Text), choice, [], output);
                break;
            case ReasoningDelta { Redacted: null } reasoning:
                WritePart(new ReasoningPart(reasoning.Text) { Signature = reasoning.Signature }, choice, [], output);
                break;
            case ToolCallStarted call:
                choice.Calls.Add((call.Call, new ToolCallPart(call.Id, call.Name, "") { Signature = call.Signature }, new StringBuilder()));
                break;
            case ToolArgumentsDelta arguments:
                choice.Calls.Find(c => c.Call == arguments.Call).Json?.Append(arguments.Json);
                break;
            case CitationAdded citation:
                choice.Citations.Add(citation.Citation);
                break;
            case Finished finished:
                choice.Finish = finished.Finish;
                break;
        }
    }

    private void WritePart(Part part, Choice choice, IReadOnlyList<TokenLogprob> logprobs, IBufferWriter<byte> output)
    {
        frames.Write(output, (Self: this, part, choice, logprobs), static (json, f) =>
        {
            json.WriteStartObject();
            json.WriteStartArray("candidates");
            GeminiAnswerWriter.BeginCandidate(json);
            f.choice.WriteCalls(json);
            GeminiAnswerWriter.WritePart(f.part, json);
            GeminiAnswerWriter.EndCandidate(json, f.choice.Index, null);
            GeminiLogprobs.Write(json, f.logprobs);
            json.WriteEndObject();
            json.WriteEndArray();
            GeminiAnswerWriter.WriteEnd(json, f.Self._id, f.Self.Context);
            json.WriteEndObject();
        });
    }

    private void WriteLast(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteStartArray("candidates");
        foreach (var choice in _choices.Values)
        {
            GeminiAnswerWriter.BeginCandidate(json);
            choice.WriteCalls(json);
            GeminiAnswerWriter.EndCandidate(json, choice.Index, choice.Finish);
            GeminiCitations.Write(json, choice.Citations, choice.Text.ToString());
            json.WriteEndObject();
        }

        json.WriteEndArray();
        GeminiUsage.Write(json, _usage);
        GeminiAnswerWriter.WriteEnd(json, _id, context);
        json.WriteEndObject();
    }

    private void Fail(ModelError error, IBufferWriter<byte> output)
    {
        _failed = true;
        frames.Write(output, error, static (json, e) => GeminiErrors.Write(e, json));
    }

    private AnswerContext Context => context;

    private Choice Of(int index)
    {
        if (!_choices.TryGetValue(index, out var choice)) _choices[index] = choice = new Choice(index);
        return choice;
    }

    private sealed class Choice(int index)
    {
        public int Index { get; } = index;

        public StringBuilder Text { get; } = new();

        public List<(int Call, ToolCallPart Part, StringBuilder Json)> Calls { get; } = [];

        public List<Citation> Citations { get; } = [];

        public Finish? Finish { get; set; }

        public void WriteCalls(Utf8JsonWriter json)
        {
            foreach (var (_, part, arguments) in Calls) GeminiAnswerWriter.WritePart(part with { Arguments = arguments.ToString() }, json);
            Calls.Clear();
        }
    }
}
