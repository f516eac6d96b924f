using System.Text;

namespace Tidegate.Models.Chat;

/// <summary>Puts the events of a stream together to the answer they tell: for held streams, recorded answers, caches and checks. Not thread-safe.</summary>
public sealed class AnswerBuilder
{
    private readonly List<Choice> _choices = [];
    private Started? _started;
    private Usage? _usage;

    /// <summary>The first failure told by the stream; null when there was none.</summary>
    public ModelError? Error { get; private set; }

    /// <summary>True when every answer that began has ended, and there is one.</summary>
    public bool IsFinished => _choices.Count > 0 && _choices.TrueForAll(c => c.Finish is not null);

    /// <summary>Takes the next event.</summary>
    public void Add(ChatEvent next)
    {
        switch (next)
        {
            case Started started:
                _started ??= started;
                break;
            case Used used:
                _usage = used.Usage;
                break;
            case Failed failed:
                Error ??= failed.Error;
                break;
            default:
                while (_choices.Count <= next.Choice) _choices.Add(new Choice());
                _choices[next.Choice].Add(next);
                break;
        }
    }

    /// <summary>The answer so far.</summary>
    public ChatAnswer Build() => new()
    {
        Id = _started?.Id ?? "",
        Model = _started?.Model ?? "",
        Created = _started?.Created,
        Usage = _usage,
        Choices = [.. _choices.Select(c => c.Build())],
    };

    private sealed class Choice
    {
        private readonly List<Part> _parts = [];
        private readonly List<TokenLogprob> _logprobs = [];
        private readonly List<Citation> _citations = [];
        private readonly Dictionary<int, (int At, StringBuilder Json)> _calls = [];
        private readonly StringBuilder _text = new();
        private Type? _open;

        public Finish? Finish { get; private set; }

        public void Add(ChatEvent next)
        {
            switch (next)
            {
                case TextDelta text:
                    Append(typeof(TextPart), text.Text);
                    _logprobs.AddRange(text.Logprobs);
                    break;
                case RefusalDelta refusal:
                    Append(typeof(RefusalPart), refusal.Text);
                    break;
                case ReasoningDelta { Redacted: { } redacted } block:
                    Close();
                    _parts.Add(new ReasoningPart(block.Text) { Redacted = redacted });
                    break;
                case ReasoningDelta reasoning:
                    Append(typeof(ReasoningPart), reasoning.Text);
                    if (reasoning.Signature is { } signature) Close(signature);
                    break;
                case ToolCallStarted call:
                    Close();
                    _calls[call.Call] = (_parts.Count, new StringBuilder());
                    _parts.Add(new ToolCallPart(call.Id, call.Name, "") { Signature = call.Signature });
                    break;
                case ToolArgumentsDelta arguments when _calls.TryGetValue(arguments.Call, out var open):
                    open.Json.Append(arguments.Json);
                    break;
                case CitationAdded citation:
                    _citations.Add(citation.Citation);
                    break;
                case Finished finished:
                    Finish = finished.Finish;
                    break;
            }
        }

        public AnswerChoice Build()
        {
            Close();
            CiteLate();
            foreach (var (at, json) in _calls.Values) _parts[at] = (ToolCallPart)_parts[at] with { Arguments = json.ToString() };
            return new AnswerChoice([.. _parts], Finish ?? new Finish(FinishReason.Other)) { Logprobs = [.. _logprobs] };
        }

        // Sources that were told after the text had ended, as Google does beside tool calls, are those of the last text.
        private void CiteLate()
        {
            var last = _parts.FindLastIndex(p => p is TextPart);
            if (_citations.Count == 0 || last < 0) return;
            var text = (TextPart)_parts[last];
            _parts[last] = text with { Citations = [.. text.Citations, .. _citations] };
            _citations.Clear();
        }

        private void Append(Type kind, string text)
        {
            if (_open != kind) Close();
            _open = kind;
            _text.Append(text);
        }

        private void Close(string? signature = null)
        {
            var text = _text.ToString();
            if (_open == typeof(TextPart))
            {
                _parts.Add(new TextPart(text) { Citations = [.. _citations] });
                _citations.Clear();
            }
            else if (_open == typeof(RefusalPart)) _parts.Add(new RefusalPart(text));
            else if (_open == typeof(ReasoningPart)) _parts.Add(new ReasoningPart(text) { Signature = signature });
            _text.Clear();
            _open = null;
        }
    }
}
