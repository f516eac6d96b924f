using Tidegate.Core.Resources.Guardrails;
using Tidegate.Models.Chat;
using Tidegate.Models.Guardrails;
using Tidegate.Models.Guardrails.Detectors;
using Tidegate.Models.Guardrails.Json;

namespace Tidegate.Gateway.Models.Guarding;

/// <summary>
/// What guardrails do to the answers of a call: in the caller's format when whole, event by event when streamed. While an outside guard is asked, placeholders are still
/// placeholders: it sees what the model said, masked, and no value that was taken out of the request.
/// </summary>
internal sealed class AnswerGuarding(CallGuard guard)
{
    private GuardFindings? _found; // of the answer under way
    private AnswerGuard? _stream;

    /// <summary>Why the answer is refused.</summary>
    public ModelError? Refusal => guard.Outside.Refused is { } refused
        ? refused.IsFailure ? new ModelError(ModelErrorKind.Overloaded, 503, refused.Detail) { Code = CallGuard.Unavailable } : new ModelError(ModelErrorKind.ContentFilter, 400, refused.Detail) { Code = CallGuard.Blocked }
        : _found?.Blocked is { } rule ? new ModelError(ModelErrorKind.ContentFilter, 400, CallGuard.Told(rule, "the answer")) { Code = CallGuard.Blocked } : null;

    // Found anew for each answer: fallbacks add their guardrails.
    private GuardLook[] Looks => [.. guard.Guardrails.SelectMany(g => g.Answer)];

    private GuardLook[] Restore => guard.Placeholders.Any ? [new GuardLook(new PlaceholderDetector(guard.Placeholders), GuardRule.Restore)] : [];

    /// <summary>A whole answer in the caller's format, what was found replaced; null when it is refused.</summary>
    public ValueTask<ReadOnlyMemory<byte>?> WholeAsync(ReadOnlyMemory<byte> body, CancellationToken cancel)
    {
        var found = Begin();
        return guard.AsksAboutAnswers ? AskedAsync(body, found, cancel) : new ValueTask<ReadOnlyMemory<byte>?>(Looked(body, [.. Restore, .. Looks], Looks, found));
    }

    /// <summary>The events of a stream that has come to its end, what was found replaced; null when it is refused.</summary>
    public async ValueTask<IReadOnlyList<ChatEvent>?> HeldAsync(ChatAnswer answer, CancellationToken cancel)
    {
        var found = Begin();
        answer = await AskAsync(answer, original: true, cancel);
        if (guard.Outside.Refused is not null) return null;
        var whole = new AnswerBuilder();
        foreach (var next in Looked(answer, Looks, Looks, found)) whole.Add(next);
        if (found.Blocked is not null) return null;
        answer = await AskAsync(whole.Build(), original: false, cancel);
        return guard.Outside.Refused is null ? Looked(answer, Restore, [], found) : null;
    }

    /// <summary>The guard of a stream that begins, or that another attempt goes on with: what is kept back of the text is still to be told then.</summary>
    public AnswerGuard Stream(bool goesOn)
    {
        if (goesOn && _stream is not null) return _stream;
        return _stream = new AnswerGuard([.. Restore, .. Looks], Looks, Begin(), guard.MostHold);
    }

    /// <summary>Why the stream must end here; null as long as it need not.</summary>
    public ModelError? Check(AnswerGuard stream)
    {
        CheckLength(_found!, stream.Length);
        return Refusal;
    }

    /// <summary>Notes what was found in the answer.</summary>
    public void Note()
    {
        if (_found is null) return;
        guard.Note(_found, "answer");
        _found.Noted();
    }

    private GuardFindings Begin()
    {
        guard.Outside.Forget();
        return _found = new GuardFindings(guard.Placeholders);
    }

    private async ValueTask<ReadOnlyMemory<byte>?> AskedAsync(ReadOnlyMemory<byte> body, GuardFindings found, CancellationToken cancel)
    {
        body = await AskAsync(body, original: true, cancel);
        if (guard.Outside.Refused is not null || Looked(body, Looks, Looks, found) is not { } masked) return null;
        body = await AskAsync(masked, original: false, cancel);
        return guard.Outside.Refused is null ? Looked(body, Restore, [], found) : null;
    }

    private ValueTask<ReadOnlyMemory<byte>> AskAsync(ReadOnlyMemory<byte> body, bool original, CancellationToken cancel) => guard.Outside.AskAsync(
        guard.Guardrails, isAnswer: true, original, body, static b => JsonSegments.Of(b, isAnswer: true), static (b, texts) => JsonSegments.Replace(b, isAnswer: true, texts), cancel);

    private ValueTask<ChatAnswer> AskAsync(ChatAnswer answer, bool original, CancellationToken cancel) =>
        guard.Outside.AskAsync(guard.Guardrails, isAnswer: true, original, answer, AnswerSegments.Of, AnswerSegments.Replace, cancel);

    private ReadOnlyMemory<byte>? Looked(ReadOnlyMemory<byte> body, GuardLook[] looks, GuardLook[] thoughts, GuardFindings found)
    {
        var json = new JsonGuard(body, isAnswer: true, looks, thoughts, [], found, guard.MostHold);
        var result = json.Run();
        CheckLength(found, json.Length);
        return found.Blocked is null ? result : default(ReadOnlyMemory<byte>?); // a bare null would become an empty body
    }

    private List<ChatEvent> Looked(ChatAnswer answer, GuardLook[] looks, GuardLook[] thoughts, GuardFindings found)
    {
        var events = new List<ChatEvent>();
        var stream = new AnswerGuard(looks, thoughts, found, guard.MostHold);
        foreach (var next in AnswerEvents.Of(answer)) stream.Take(next, events);
        CheckLength(found, stream.Length);
        return events;
    }

    private void CheckLength(GuardFindings found, long length)
    {
        if (found.Blocked is null && guard.Guardrails.FirstOrDefault(g => g.Config.MaxAnswerLength > 0 && length > g.Config.MaxAnswerLength) is { } limit)
            found.Block(new GuardRule(limit.Name, "max_answer_length", GuardAction.Block, ""));
    }
}
