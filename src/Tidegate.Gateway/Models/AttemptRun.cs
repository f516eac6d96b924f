using Tidegate.Gateway.Models.Relay;
using Tidegate.Gateway.Models.Targets;
using Tidegate.Gateway.Request;

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
        catch
        {
            judge.Report(call, model, attempt); // the caller is gone, or worse: what it cost is told and settled all the same, for nobody else will
            throw;
        }
    }
}
