using Tidegate.Core.Resources.Guardrails;
using Tidegate.Gateway.Request;
using Tidegate.Models.Guardrails;

namespace Tidegate.Gateway.Models.Guarding.Webhooks;

/// <summary>The outside guards of a call: asked one after the other, each about what the one before has left. Every decision is noted in the record of the call.</summary>
internal sealed class OutsideGuards(GatewayCall call, ModelCall model)
{
    /// <summary>Why the call is refused; null when it is not.</summary>
    public OutsideRefusal? Refused { get; private set; }

    /// <summary>Another answer is looked at: what was said of the one before does not count.</summary>
    public void Forget() => Refused = null;

    /// <summary>Asks those of some guardrails about texts. What they leave of them; the same when one has refused.</summary>
    /// <param name="guardrails">Whose.</param>
    /// <param name="isAnswer">It is an answer; else a request.</param>
    /// <param name="original">Those that see texts before anything is masked; else those that see them after.</param>
    /// <param name="texts">What has the texts.</param>
    /// <param name="of">The texts in it.</param>
    /// <param name="replace">The same with other texts.</param>
    /// <param name="cancel">Nobody waits any more.</param>
    public async ValueTask<T> AskAsync<T>(
        IEnumerable<Guardrail> guardrails, bool isAnswer, bool original, T texts, Func<T, IReadOnlyList<TextSegment>> of, Func<T, IReadOnlyDictionary<int, string>, T> replace, CancellationToken cancel)
    {
        foreach (var guardrail in guardrails)
        {
            foreach (var hook in guardrail.Config.Webhooks)
            {
                if (Refused is not null || hook.Original != original || !IsAsked(hook, isAnswer)) continue;
                var segments = of(texts);
                if (segments.Count == 0) continue; // no words: numbers, or nothing
                var question = new WebhookQuestion(hook, guardrail.Name, call.IdText, call.Route.Name, model.Asked, call.Caller.Consumer, isAnswer);
                var verdict = await call.Snapshot.Models.Webhooks!.AskAsync(question, segments, call.Upstream.Find("Via"), model.Deadline, cancel);
                Take(question, verdict);
                if (verdict.Segments.Count > 0) texts = replace(texts, verdict.Segments);
            }
        }

        return texts;
    }

    /// <summary>It is asked about texts that go this way.</summary>
    public static bool IsAsked(WebhookConfig hook, bool isAnswer) => hook.On == GuardDirection.Both || hook.On == (isAnswer ? GuardDirection.Answer : GuardDirection.Request);

    private void Take(WebhookQuestion question, WebhookVerdict verdict)
    {
        var (hook, what) = (question.Hook, question.Direction);
        var told = verdict.Decision switch
        {
            WebhookDecision.Allow => $"allows the {what}",
            WebhookDecision.Block => $"blocks the {what}{(verdict.Reason.Length > 0 ? ": " + verdict.Reason : "")}",
            WebhookDecision.Replace => $"replaces {verdict.Segments.Count} texts of the {what}",
            _ => $"failed on the {what} ({verdict.Reason}), {(hook.OnFailure == WebhookFailure.Allow ? "allowed" : "blocked")}",
        };
        call.Note($"guardrail {question.Guardrail}: webhook {hook.Name} {told}");
        if (verdict.Decision == WebhookDecision.Block)
            Refused = new OutsideRefusal(question.Guardrail, $"The guardrail '{question.Guardrail}' refused the {what}{(verdict.Reason.Length > 0 ? ": " + verdict.Reason : ".")}", IsFailure: false);
        else if (verdict.Decision == WebhookDecision.Failed && hook.OnFailure == WebhookFailure.Block)
            Refused = new OutsideRefusal(question.Guardrail, $"The guardrail '{question.Guardrail}' could not look at the {what}, and nothing passes without it. Try again later.", IsFailure: true);
    }
}
