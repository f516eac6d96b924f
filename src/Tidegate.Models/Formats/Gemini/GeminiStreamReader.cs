using System.Text;
using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Json;
using Tidegate.Models.Streaming;

namespace Tidegate.Models.Formats.Gemini;

/// <summary>Reads answers: every frame of a stream is one, with what is new. A whole answer is a stream of one frame.</summary>
internal sealed class GeminiStreamReader : IStreamReader
{
    private readonly Dictionary<int, Candidate> _candidates = [];
    private string _id = "";
    private bool _started;

    /// <inheritdoc/>
    public bool Read(in StreamFrame frame, ICollection<ChatEvent> events)
    {
        try
        {
            using var document = JsonDocument.Parse(frame.Data);
            return Read(document.RootElement, events);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>False for JSON that is no answer.</summary>
    public bool Read(JsonElement data, ICollection<ChatEvent> events)
    {
        if (data.Child("error").IsThere())
        {
            events.Add(new Failed(GeminiErrors.Read(0, data)));
            return true;
        }

        var blocked = data.Field("promptFeedback").Text("blockReason");
        if (!data.Field("candidates").IsThere() && !data.Field("usageMetadata").IsThere() && blocked is null) return false;
        if (!_started)
        {
            _started = true;
            _id = data.Text("responseId") ?? "";
            events.Add(new Started(_id, data.Text("modelVersion") ?? ""));
        }

        foreach (var candidate in data.Items("candidates")) ReadCandidate(candidate, events);
        if (blocked is not null && blocked != "BLOCK_REASON_UNSPECIFIED") Finish(Of(0), new Finish(FinishReason.ContentFilter), events);
        if (GeminiUsage.Read(data.Field("usageMetadata")) is { } usage) events.Add(new Used(usage));
        return true;
    }

    private void ReadCandidate(JsonElement data, ICollection<ChatEvent> events)
    {
        var candidate = Of((int)(data.Whole("index") ?? 0));
        var logprobs = GeminiLogprobs.Read(data);
        foreach (var part in data.Field("content").Items("parts")) ReadPart(part, candidate, ref logprobs, events);
        foreach (var citation in GeminiCitations.Read(data, candidate.Text.ToString())) events.Add(new CitationAdded(citation) { Choice = candidate.Index });
        if (data.Text("finishReason") is { } reason and not "FINISH_REASON_UNSPECIFIED") Finish(candidate, GeminiWords.ReadFinish(reason, candidate.Calls > 0), events);
    }

    private void ReadPart(JsonElement part, Candidate candidate, ref IReadOnlyList<TokenLogprob> logprobs, ICollection<ChatEvent> events)
    {
        var signature = SignatureOrigin.Mark(part.Text("thoughtSignature"), SignatureOrigin.Gemini);
        if (part.Child("functionCall") is { ValueKind: JsonValueKind.Object } call)
        {
            var name = call.Text("name") ?? "";
            var at = candidate.Calls++;
            var id = call.Text("id") is { Length: > 0 } own ? own : MadeCallIds.Make($"{_id}/{candidate.Index}", name, at);
            events.Add(new ToolCallStarted(at, id, name) { Choice = candidate.Index, Signature = signature });
            events.Add(new ToolArgumentsDelta(at, ToolArguments.Read(call.Field("args"))) { Choice = candidate.Index });
            return;
        }

        var text = part.Text("text") ?? "";
        if (part.Flag("thought"))
        {
            if (text.Length > 0 || signature is not null) events.Add(new ReasoningDelta(text) { Choice = candidate.Index, Signature = signature });
            return;
        }

        if (text.Length > 0)
        {
            candidate.Text.Append(text);
            events.Add(new TextDelta(text) { Choice = candidate.Index, Logprobs = logprobs });
            logprobs = [];
        }

        // A mark of thoughts that are not shown, beside text or alone.
        if (signature is not null) events.Add(new ReasoningDelta("") { Choice = candidate.Index, Signature = signature });
    }

    private static void Finish(Candidate candidate, Finish finish, ICollection<ChatEvent> events)
    {
        if (candidate.IsFinished) return;
        candidate.IsFinished = true;
        events.Add(new Finished(finish) { Choice = candidate.Index });
    }

    private Candidate Of(int index)
    {
        if (!_candidates.TryGetValue(index, out var candidate)) _candidates[index] = candidate = new Candidate(index);
        return candidate;
    }

    private sealed class Candidate(int index)
    {
        public int Index { get; } = index;

        public StringBuilder Text { get; } = new();

        public int Calls { get; set; }

        public bool IsFinished { get; set; }
    }
}
