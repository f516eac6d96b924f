using Tidegate.Models.Chat;

namespace Tidegate.Models.Guardrails;

/// <summary>
/// The events of a streamed answer with what was found in them replaced. Text that is kept back is told before anything of another kind, so that nothing changes its
/// place. Log probabilities are left out: they would spell what is masked. Thoughts are looked at, but placeholders stay in them: what comes back in the next request
/// must be what the provider signed. Not thread-safe.
/// </summary>
/// <param name="looks">What is looked for in answers, placeholders included.</param>
/// <param name="thoughts">The same for thoughts.</param>
/// <param name="findings">Where findings are told.</param>
/// <param name="mostHold">Most characters that are kept back.</param>
internal sealed class AnswerGuard(GuardLook[] looks, GuardLook[] thoughts, GuardFindings findings, int mostHold)
{
    private readonly List<Choice> _choices = [];

    /// <summary>Characters of the answer so far.</summary>
    public long Length { get; private set; }

    /// <summary>Adds what may be told after the next event.</summary>
    public void Take(ChatEvent next, ICollection<ChatEvent> output)
    {
        switch (next)
        {
            case TextDelta text:
                var of = Of(next);
                of.Open(Kind.Text, output);
                Tell(text with { Text = of.Text.Push(text.Text), Logprobs = [] }, text.Text, output);
                break;
            case RefusalDelta refusal:
                of = Of(next);
                of.Open(Kind.Refusal, output);
                Tell(refusal with { Text = of.Text.Push(refusal.Text) }, refusal.Text, output);
                break;
            case ReasoningDelta reasoning:
                of = Of(next);
                of.Open(Kind.Reasoning, output);
                Length += reasoning.Text.Length;
                var told = of.Thoughts.Push(reasoning.Text);
                if (reasoning.Signature is not null || reasoning.Redacted is not null) told += of.Thoughts.Finish();
                if (told.Length > 0 || reasoning.Signature is not null || reasoning.Redacted is not null) output.Add(reasoning with { Text = told });
                break;
            case ToolArgumentsDelta arguments:
                of = Of(next);
                of.Open(Kind.Arguments, output);
                Length += arguments.Json.Length;
                if (of.ArgumentsOf(arguments.Call).Push(arguments.Json) is { Length: > 0 } json) output.Add(arguments with { Json = json });
                break;
            case ToolCallStarted:
                Of(next).Open(Kind.Arguments, output);
                output.Add(next);
                break;
            case Finished:
                Of(next).Open(Kind.None, output);
                output.Add(next);
                break;
            case CitationAdded { Citation: var citation }:
                var guard = new TextGuard(looks, findings, mostHold);
                output.Add(next is CitationAdded added ? added with { Citation = citation with { Title = Whole(citation.Title), Quote = Whole(citation.Quote) } } : next);
                string? Whole(string? text) => text is null ? null : guard.Whole(text);
                break;
            case Failed:
                foreach (var choice in _choices) choice.Open(Kind.None, output);
                output.Add(next);
                break;
            default:
                output.Add(next);
                break;
        }
    }

    private Choice Of(ChatEvent next)
    {
        while (_choices.Count <= next.Choice) _choices.Add(new Choice(_choices.Count, looks, thoughts, findings, mostHold));
        return _choices[next.Choice];
    }

    private void Tell(ChatEvent told, string raw, ICollection<ChatEvent> output)
    {
        Length += raw.Length;
        if (told is TextDelta { Text.Length: > 0 } or RefusalDelta { Text.Length: > 0 }) output.Add(told);
    }

    private enum Kind
    {
        None,
        Text,
        Refusal,
        Reasoning,
        Arguments,
    }

    private sealed class Choice(int index, GuardLook[] looks, GuardLook[] thoughts, GuardFindings findings, int mostHold)
    {
        private readonly SortedDictionary<int, ArgumentsGuard> _arguments = [];
        private Kind _open;

        public TextGuard Text { get; } = new(looks, findings, mostHold);

        public TextGuard Thoughts { get; } = new(thoughts, findings, mostHold);

        public ArgumentsGuard ArgumentsOf(int call) => _arguments.TryGetValue(call, out var known) ? known : _arguments[call] = new ArgumentsGuard(looks, findings, mostHold);

        // Something of this kind comes: what is kept back of another is told first.
        public void Open(Kind kind, ICollection<ChatEvent> output)
        {
            if (kind == _open) return;
            var open = _open;
            _open = kind;
            if (open == Kind.Text && Text.Finish() is { Length: > 0 } text) output.Add(new TextDelta(text) { Choice = index });
            else if (open == Kind.Refusal && Text.Finish() is { Length: > 0 } refusal) output.Add(new RefusalDelta(refusal) { Choice = index });
            else if (open == Kind.Reasoning && Thoughts.Finish() is { Length: > 0 } thought) output.Add(new ReasoningDelta(thought) { Choice = index });
            else if (open == Kind.Arguments)
            {
                foreach (var (call, guard) in _arguments)
                    if (guard.Finish() is { Length: > 0 } json) output.Add(new ToolArgumentsDelta(call, json) { Choice = index });
            }
        }
    }
}
