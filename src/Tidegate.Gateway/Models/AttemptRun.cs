using Tidegate.Gateway.Models.Relay;
using Tidegate.Gateway.Models.Targets;
using Tidegate.Gateway.Request;
using Tidegate.Models.Chat;

namespace Tidegate.Gateway.Models;

/// <summary>An attempt from its request to the end of its answer. Whatever goes wrong is in the attempt.</summary>
internal sealed class AttemptRun(TargetSender sender, AnswerRelay answers, StreamRelay streams, RawRelay raw, ModelJudge judge)
{
    /// <summary>Sends, and passes the answer on.</summary>
    public async ValueTask RunAsync(GatewayCall call, ModelCall model, AliasModel alias, ModelAttempt attempt)
    {
        try
        {
            if (!await sender.OpenAsync(call, model, alias, attempt)) return;
            if (RawRelay.Takes(model, attempt)) await raw.RunAsync(call, alias, model, attempt);
            else if (model.Stream && !model.Face.AnswersRaw) await streams.RunAsync(call, model, alias, attempt);
            else await answers.RunAsync(call, model, attempt);
            model.Guard?.Answers.Note();
        }
        catch (Exception e)
        {
            // The caller is gone, or worse: what it cost is told and settled all the same, for nobody else will.
            if (attempt.Response is null && !attempt.CallerGone) attempt.Fail(new ModelError(ModelErrorKind.InvalidRequest, 500, "The request could not be written for the target."), e.GetType().Name); // never sent: neither the target's fault nor on its bill
            await judge.ReadyAsync(model, attempt);
            judge.Report(call, model, attempt);
            throw;
        }
    }
}
