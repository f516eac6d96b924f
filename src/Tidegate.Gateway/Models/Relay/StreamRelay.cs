using Tidegate.Core.Resources.Models;
using Tidegate.Gateway.Models.Costs;
using Tidegate.Gateway.Models.Rescue;
using Tidegate.Gateway.Models.Targets;
using Tidegate.Gateway.Request;
using Tidegate.Gateway.Request.Guard;
using Tidegate.Models.Chat;

namespace Tidegate.Gateway.Models.Relay;

/// <summary>
/// Passes a stream on. The commit point is the first content event: until then nothing has been sent and the attempt can be given up unseen. After it a failure is
/// told in the stream, in the caller's format, and never looks like a clean end.
/// </summary>
internal sealed class StreamRelay(AttemptSettlement settlement, TimeProvider time)
{
    /// <summary>Passes it on, or notes in the attempt why it cannot be.</summary>
    public async ValueTask RunAsync(GatewayCall call, ModelCall model, AliasModel alias, ModelAttempt attempt)
    {
        var hold = alias.Config.Rescue == RescueMode.Hold || model.Guard is { HoldsStreams: true };
        using var output = StreamOutput.For(call, model, attempt);
        try
        {
            if (attempt.Response!.Content.Headers.ContentType?.MediaType == "application/json") await WholeAsync(attempt, output);
            else await FramesAsync(call, model, alias, attempt, output, hold);
        }
        catch (Exception e) when (output.IsFinished && !attempt.CallerGone)
        {
            // Everything had been said: how the connection ended after that is nobody's failure.
            call.Note($"after the end: {e.GetType().Name}");
        }
        catch (Exception e)
        {
            AttemptFailures.Note(attempt, e);
        }

        if (attempt.CallerGone && attempt.Committed) attempt.BreaksConnection = true; // one that only takes nothing more must not be given an end
        if (attempt.Error is null && !output.IsFinished)
            attempt.Fail(new ModelError(ModelErrorKind.Server, 502, "The model's answer broke off before it was complete."), "the stream ended without a finish reason");
        if (attempt.Error is null && !attempt.Committed && !attempt.CallerGone) await ShowAsync(attempt, output);
        if (attempt.CallerGone) return;
        if (attempt.Error is null)
        {
            if (attempt.Usage is null && output.TellsUsage) attempt.Told(settlement.Count(model, attempt));
            await output.EndAsync();
        }
        else if (attempt.Committed && !StreamRescue.MayGoOn(model, attempt)) await output.FailAsync(attempt.Error);
    }

    // What was kept back to its end.
    private static async ValueTask ShowAsync(ModelAttempt attempt, StreamOutput output)
    {
        try
        {
            if (attempt.MayShow() && await output.PassesAsync()) output.Commit();
        }
        catch (Exception e)
        {
            AttemptFailures.Note(attempt, e);
        }
    }

    private async ValueTask FramesAsync(GatewayCall call, ModelCall model, AliasModel alias, ModelAttempt attempt, StreamOutput output, bool hold)
    {
        await using var body = await attempt.Response!.Content.ReadAsStreamAsync(attempt.Scope.Token);
        using var source = new FrameSource(attempt.Format.CreateFrameReader(), model.Pool);
        var silentSince = 0L;
        var callers = 0L;
        while (!output.IsDone && !source.HasEnded)
        {
            source.Took(await body.ReadAsync(source.Room(), attempt.Scope.Token));
            while (!output.IsDone)
            {
                var isWhole = source.TryNext(out var frame, out var consumed);
                output.Consumed(consumed.Span);
                if (!isWhole) break;
                output.Take(frame);
                if (attempt.Error is null) continue;
                if (output.SawContent) attempt.SawContent(); // it came in the same piece as its failure, and is billed
                return;
            }

            if (output.SawContent)
            {
                output.SawContent = false;
                var isFirst = attempt.SawContent();
                if (!attempt.MayShow()) return;
                if (isFirst)
                {
                    attempt.Answers();
                    call.Record.UpstreamFirstByteUs = Ticks.Microseconds(time, time.GetTimestamp() - call.StartTimestamp);
                }

                (attempt.LastToken, attempt.CallersTicks) = (silentSince = time.GetTimestamp(), callers); // waits after the last token are not between tokens
                attempt.Due(silentSince, alias.Idle, CancelCause.Idle);
                if (!hold && output.HasNews) output.Commit();
            }

            if (!attempt.Committed) continue;
            var waited = await FlushAsync(alias, attempt, output, silentSince);
            silentSince += waited;
            callers += waited;
        }
    }

    // The caller's slowness is not the provider's silence: while it takes nothing the provider's clock stands, and its own runs. Gives how long that was.
    private async ValueTask<long> FlushAsync(AliasModel alias, ModelAttempt attempt, StreamOutput output, long silentSince)
    {
        var flush = output.FlushAsync();
        if (flush.IsCompletedSuccessfully) return 0;
        var began = time.GetTimestamp();
        attempt.Due(began, alias.Idle, CancelCause.CallerGone);
        await flush;
        var waited = time.GetTimestamp() - began;
        attempt.Due(silentSince + waited, alias.Idle, CancelCause.Idle);
        return waited;
    }

    // Some providers answer a wish for a stream with a whole answer.
    private static async ValueTask WholeAsync(ModelAttempt attempt, StreamOutput output)
    {
        var body = attempt.Lend();
        await LimitedBody.ReadAsync(attempt.Response!.Content, LimitedBody.MostOfAnswer, body, attempt.Scope.Token);
        attempt.SawContent();
        output.TakeWhole(body.Memory);
    }
}
