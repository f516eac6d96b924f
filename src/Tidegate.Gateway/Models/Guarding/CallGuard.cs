using System.Text.Json;
using System.Text.RegularExpressions;
using Tidegate.Core.Calls;
using Tidegate.Core.Resources.Guardrails;
using Tidegate.Gateway.Models.Guarding.Webhooks;
using Tidegate.Gateway.Models.Targets;
using Tidegate.Gateway.Request;
using Tidegate.Gateway.Request.Guard;
using Tidegate.Models.Guardrails;
using Tidegate.Models.Guardrails.Json;
using Tidegate.Models.Providers;

namespace Tidegate.Gateway.Models.Guarding;

/// <summary>
/// The guardrails of a call: those of its route, then those of its alias. The request is looked at once, as the caller wrote it, before anything is made of it: whatever
/// goes to a provider, in whichever format, is what is left. What is done to answers: <see cref="AnswerGuarding"/>.
/// </summary>
internal sealed class CallGuard(GatewayCall call, ModelCall model)
{
    private readonly List<Guardrail> _guardrails = [];
    private AnswerGuarding? _answers;

    /// <summary>Why an attempt has no usable answer when a guardrail refused it; for the operator.</summary>
    public const string Reason = "a guardrail refused the answer";

    /// <summary>Code of errors that say so.</summary>
    public const string Blocked = "guardrail_blocked";

    /// <summary>Code of errors when a guard that must look could not be asked. Nobody else is asked for another answer then.</summary>
    public const string Unavailable = "guardrail_unavailable";

    /// <summary>All of them, in order.</summary>
    public IReadOnlyList<Guardrail> Guardrails => _guardrails;

    /// <summary>Placeholders that went to providers in the place of values.</summary>
    public PlaceholderList Placeholders { get; } = new(model.Body);

    /// <summary>Outside guards, and what they have said.</summary>
    public OutsideGuards Outside { get; } = new(call, model);

    /// <summary>The shape answers must have; null for any. Streams are shown when they are complete then.</summary>
    public AnswerShape? Shape { get; private set; }

    /// <summary>What is done to answers.</summary>
    public AnswerGuarding Answers => _answers ??= new AnswerGuarding(this);

    /// <summary>Streams must be taken apart.</summary>
    public bool ChangesStreams => HoldsStreams || Placeholders.Any || _guardrails.Exists(g => g.Answer.Length > 0 || g.Config.MaxAnswerLength > 0);

    /// <summary>Streams are shown when they are complete.</summary>
    public bool HoldsStreams => Shape is not null || AsksAboutAnswers;

    /// <summary>An outside guard is asked about answers.</summary>
    public bool AsksAboutAnswers => _guardrails.Exists(g => g.AsksAboutAnswers);

    /// <summary>Most characters kept back.</summary>
    public int MostHold => _guardrails.Count == 0 ? 0 : _guardrails.Max(g => g.Config.MaxHold);

    /// <summary>Applies what has not been applied yet. False: the call was refused.</summary>
    public static ValueTask<bool> ApplyAsync(GatewayCall call, ModelCall model, AliasModel alias)
    {
        if (alias.Guardrails.Count > 0 || call.Route.Config.Models!.Guardrails.Count > 0 || HasShape(model)) return (model.Guard ??= new CallGuard(call, model)).ApplyAsync(alias);
        call.Bodies?.Passed();
        return new ValueTask<bool>(true);
    }

    /// <summary>An outside guard wants to see the requests of an alias.</summary>
    public static bool AsksAboutRequests(GatewayCall call, AliasModel alias)
    {
        foreach (var guardrail in alias.Guardrails)
            if (guardrail.AsksAboutRequests) return true;
        foreach (var name in call.Route.Config.Models!.Guardrails)
            if (call.Snapshot.Models.Guardrails.TryGetValue(name, out var guardrail) && guardrail.AsksAboutRequests) return true;
        return false;
    }

    private async ValueTask<bool> ApplyAsync(AliasModel alias)
    {
        var ofRoute = call.Route.Config.Models!.Guardrails;
        var added = ofRoute.Select(name => call.Snapshot.Models.Guardrails.GetValueOrDefault(name)).OfType<Guardrail>().Concat(alias.Guardrails).Distinct().Except(_guardrails).ToArray();
        _guardrails.AddRange(added);
        if (model.Face.IsForm) return call.Refuse(Unseen("This operation is closed here: guardrails cannot look into its files."));
        try
        {
            if (added.Length > 0 && await RequestAsync(added) is { } refusal) return call.Refuse(refusal);
        }
        catch (OperationCanceledException) when (call.Http.RequestAborted.IsCancellationRequested)
        {
            return call.Refuse(Refusals.CallerGone);
        }

        if (Shape is null && (HasShape(model) || added.Any(g => g.Config.CheckSchema))) Shape = AnswerShape.Of(model);
        if (model.Stream && model.Face is { AnswersRaw: false, Operation: not (ModelOperation.Chat or ModelOperation.Completion) } && ChangesStreams)
            return call.Refuse(Unseen("Answers of this operation cannot be streamed here: a guardrail must see the whole. Ask without \"stream\"."));
        call.Bodies?.Passed();
        return true;
    }

    // Prompts promise their callers a shape, with guardrails or without.
    private static bool HasShape(ModelCall model) => model.Face.Prompt is { Format.HasShape: true };

    // What a guardrail cannot look at does not get past it.
    private Refusal Unseen(string why) => new(400, CallOutcome.Forbidden, Blocked, why, $"guardrail:{_guardrails[0].Name}");

    private async ValueTask<Refusal?> RequestAsync(Guardrail[] added)
    {
        if (await AskAsync(added, original: true) is { } early) return early;
        if (Look(added) is { } found) return found;
        return await AskAsync(added, original: false);
    }

    private async ValueTask<Refusal?> AskAsync(Guardrail[] added, bool original)
    {
        var body = await Outside.AskAsync(
            added, isAnswer: false, original, model.Body, static b => JsonSegments.Of(b, isAnswer: false), static (b, texts) => JsonSegments.Replace(b, isAnswer: false, texts), call.Http.RequestAborted);
        if (!body.Equals(model.Body)) model.Replace(body);
        return Outside.Refused is not { } refused ? null
            : refused.IsFailure ? new Refusal(503, CallOutcome.Unavailable, Unavailable, refused.Detail, $"guardrail:{refused.Guardrail}")
            : new Refusal(400, CallOutcome.Forbidden, Blocked, refused.Detail, $"guardrail:{refused.Guardrail}");
    }

    private Refusal? Look(Guardrail[] added)
    {
        var found = new GuardFindings(Placeholders);
        var looks = added.SelectMany(g => g.Request).ToArray();
        var guard = new JsonGuard(model.Body, isAnswer: false, looks, looks, [.. added.SelectMany(g => g.Places)], found, added.Max(g => g.Config.MaxHold));
        ReadOnlyMemory<byte> body;
        try
        {
            body = guard.Run();
        }
        catch (RegexMatchTimeoutException)
        {
            return Unseen("The request is too long for the patterns of a guardrail.");
        }

        if (added.FirstOrDefault(g => g.Config.MaxRequestLength > 0 && guard.Length > g.Config.MaxRequestLength) is { } limit) found.Block(new GuardRule(limit.Name, "max_request_length", GuardAction.Block, ""));
        Note(found, "request");
        if (found.Blocked is { } rule) return new Refusal(400, CallOutcome.Forbidden, Blocked, Told(rule, "the request"), $"guardrail:{rule.Guardrail}");
        if (found.Changes > 0) model.Replace(body);
        return null;
    }

    /// <summary>What the caller is told of a rule that refused.</summary>
    public static string Told(GuardRule rule, string what) => rule.Name.StartsWith("max_", StringComparison.Ordinal)
        ? $"The guardrail '{rule.Guardrail}' refused {what}: it is longer than allowed."
        : $"The guardrail '{rule.Guardrail}' refused {what}: {rule.Name} was found in it.";

    /// <summary>Notes what was found.</summary>
    public void Note(GuardFindings found, string what)
    {
        foreach (var (rule, count) in found.Counts) call.Note($"guardrail {rule.Guardrail}: {JsonNamingPolicy.CamelCase.ConvertName(rule.Action.ToString())} {count} {rule.Name} in the {what}");
    }
}
