using System.Text.Json;
using System.Text.RegularExpressions;
using Tidegate.Core.Calls;
using Tidegate.Core.Resources.Guardrails;
using Tidegate.Gateway.Models.Targets;
using Tidegate.Gateway.Request;
using Tidegate.Models.Chat;
using Tidegate.Models.Guardrails;
using Tidegate.Models.Guardrails.Detectors;
using Tidegate.Models.Guardrails.Json;
using Tidegate.Models.Providers;

namespace Tidegate.Gateway.Models.Guarding;

/// <summary>
/// The guardrails of a call: those of its route, then those of its alias. The request is looked at once, as the caller wrote it, before anything is made of it: whatever
/// goes to a provider, in whichever format, is what is left. Answers are looked at in the caller's format when whole, event by event when streamed.
/// </summary>
internal sealed class CallGuard(ReadOnlyMemory<byte> request)
{
    private readonly List<Guardrail> _guardrails = [];
    private readonly PlaceholderList _placeholders = new(request);
    private GuardFindings? _found; // of the answer under way
    private AnswerGuard? _stream;

    /// <summary>Why an attempt has no usable answer when a guardrail refused it; for the operator.</summary>
    public const string Reason = "a guardrail refused the answer";

    /// <summary>Streams must be taken apart.</summary>
    public bool ChangesStreams => Shape is not null || _placeholders.Any || _guardrails.Exists(g => g.Answer.Length > 0 || g.Config.MaxAnswerLength > 0);

    /// <summary>The shape answers must have; null for any. Streams are shown when they are complete then.</summary>
    public AnswerShape? Shape { get; private set; }

    /// <summary>Placeholders that went to providers in the place of values.</summary>
    public PlaceholderList Placeholders => _placeholders;

    /// <summary>Most characters kept back.</summary>
    private int MostHold => _guardrails.Max(g => g.Config.MaxHold);

    /// <summary>Applies what has not been applied yet. False: the call was refused.</summary>
    public static bool Apply(GatewayCall call, ModelCall model, AliasModel alias)
    {
        if (!Passes(call, model, alias)) return false;
        call.Bodies?.Passed();
        return true;
    }

    private static bool Passes(GatewayCall call, ModelCall model, AliasModel alias)
    {
        var ofRoute = call.Route.Config.Models!.Guardrails;
        if (alias.Guardrails.Count == 0 && ofRoute.Count == 0) return true;
        var guard = model.Guard ??= new CallGuard(model.Body);
        var added = ofRoute.Select(name => call.Snapshot.Models.Guardrails.GetValueOrDefault(name)).OfType<Guardrail>().Concat(alias.Guardrails).Distinct().Except(guard._guardrails).ToArray();
        guard._guardrails.AddRange(added);
        if (model.Face.IsForm) return call.Refuse(Unseen(guard, "This operation is closed here: guardrails cannot look into its files."));
        if (added.Length > 0 && guard.Request(call, model, added) is { } refusal) return call.Refuse(refusal);
        if (guard.Shape is null && added.Any(g => g.Config.CheckSchema)) guard.Shape = AnswerShape.Of(model);
        return !(model.Stream && model.Face is { AnswersRaw: false, Operation: not (ModelOperation.Chat or ModelOperation.Completion) } && guard.ChangesStreams)
            || call.Refuse(Unseen(guard, "Answers of this operation cannot be streamed here: a guardrail must see the whole. Ask without \"stream\"."));
    }

    /// <summary>A whole answer in the caller's format, what was found replaced; null when it is refused.</summary>
    public ReadOnlyMemory<byte>? Answer(ReadOnlyMemory<byte> body)
    {
        var (looks, thoughts) = AnswerLooks();
        _found = new GuardFindings(_placeholders);
        var guard = new JsonGuard(body, isAnswer: true, looks, thoughts, [], _found, MostHold);
        var result = guard.Run();
        CheckLength(guard.Length);
        return _found.Blocked is null ? result : default(ReadOnlyMemory<byte>?); // a bare null would become an empty body
    }

    /// <summary>The guard of a stream that begins, or that another attempt goes on with: what is kept back of the text is still to be told then.</summary>
    public AnswerGuard Stream(bool goesOn)
    {
        if (goesOn && _stream is not null) return _stream;
        var (looks, thoughts) = AnswerLooks();
        return _stream = new AnswerGuard(looks, thoughts, _found = new GuardFindings(_placeholders), MostHold);
    }

    /// <summary>Why the stream must end here; null as long as it need not.</summary>
    public ModelError? Check(AnswerGuard stream)
    {
        CheckLength(stream.Length);
        return Refusal;
    }

    /// <summary>Why the answer is refused.</summary>
    public ModelError? Refusal => _found?.Blocked is { } rule ? new ModelError(ModelErrorKind.ContentFilter, 400, Told(rule, "the answer")) { Code = "guardrail_blocked" } : null;

    /// <summary>Notes what was found in the answer.</summary>
    public void NoteAnswer(GatewayCall call)
    {
        if (_found is null) return;
        Note(call, _found, "answer");
        _found.Noted();
    }

    // What a guardrail cannot look at does not get past it.
    private static Refusal Unseen(CallGuard guard, string why) => new(400, CallOutcome.Forbidden, "guardrail_blocked", why, $"guardrail:{guard._guardrails[0].Name}");

    private Refusal? Request(GatewayCall call, ModelCall model, Guardrail[] added)
    {
        var found = new GuardFindings(_placeholders);
        var looks = added.SelectMany(g => g.Request).ToArray();
        var guard = new JsonGuard(model.Body, isAnswer: false, looks, looks, [.. added.SelectMany(g => g.Places)], found, added.Max(g => g.Config.MaxHold));
        ReadOnlyMemory<byte> body;
        try
        {
            body = guard.Run();
        }
        catch (RegexMatchTimeoutException)
        {
            return Unseen(this, "The request is too long for the patterns of a guardrail.");
        }

        if (added.FirstOrDefault(g => g.Config.MaxRequestLength > 0 && guard.Length > g.Config.MaxRequestLength) is { } limit) found.Block(new GuardRule(limit.Name, "max_request_length", GuardAction.Block, ""));
        Note(call, found, "request");
        if (found.Blocked is { } rule) return new Refusal(400, CallOutcome.Forbidden, "guardrail_blocked", Told(rule, "the request"), $"guardrail:{rule.Guardrail}");
        if (found.Changes > 0) model.Replace(body);
        return null;
    }

    private (GuardLook[] Looks, GuardLook[] Thoughts) AnswerLooks()
    {
        GuardLook[] thoughts = [.. _guardrails.SelectMany(g => g.Answer)];
        return _placeholders.Any ? ([new GuardLook(new PlaceholderDetector(_placeholders), GuardRule.Restore), .. thoughts], thoughts) : (thoughts, thoughts);
    }

    private void CheckLength(long length)
    {
        if (_found!.Blocked is null && _guardrails.Find(g => g.Config.MaxAnswerLength > 0 && length > g.Config.MaxAnswerLength) is { } limit)
            _found.Block(new GuardRule(limit.Name, "max_answer_length", GuardAction.Block, ""));
    }

    private static string Told(GuardRule rule, string what) => rule.Name.StartsWith("max_", StringComparison.Ordinal)
        ? $"The guardrail '{rule.Guardrail}' refused {what}: it is longer than allowed."
        : $"The guardrail '{rule.Guardrail}' refused {what}: {rule.Name} was found in it.";

    private static void Note(GatewayCall call, GuardFindings found, string what)
    {
        foreach (var (rule, count) in found.Counts) call.Note($"guardrail {rule.Guardrail}: {JsonNamingPolicy.CamelCase.ConvertName(rule.Action.ToString())} {count} {rule.Name} in the {what}");
    }
}
