using System.Text.Json;
using Tidegate.Gateway.Models.Costs;
using Tidegate.Gateway.Models.Guarding;
using Tidegate.Gateway.Request;
using Tidegate.Gateway.Request.Guard;
using Tidegate.Models.Costs;
using Tidegate.Models.Formats;
using Tidegate.Models.Prompts;
using Tidegate.Models.Providers;

namespace Tidegate.Gateway.Models.Relay;

/// <summary>Passes a whole answer on: read, checked, and only then shown, so that a broken one can be tried again unseen.</summary>
internal sealed class AnswerRelay(AttemptSettlement settlement)
{
    /// <summary>Passes it on, or notes in the attempt why it cannot be.</summary>
    public async ValueTask RunAsync(GatewayCall call, ModelCall model, ModelAttempt attempt)
    {
        ReadOnlyMemory<byte> body;
        try
        {
            var read = attempt.Lend();
            await LimitedBody.ReadAsync(attempt.Response!.Content, LimitedBody.MostOfAnswer, read, attempt.Scope.Token);
            attempt.SawContent();
            body = Read(model, attempt, read.Memory);
            if (attempt.Error is not null) return;
            if (model.Guard is { } guard)
            {
                attempt.DueIn(Ticks.Never, CancelCause.Deadline); // what it takes from here on is not the target's time
                if (await guard.Answers.WholeAsync(body, attempt.Scope.Token) is not { } left)
                {
                    attempt.Fail(guard.Answers.Refusal!, CallGuard.Reason);
                    return;
                }

                body = left;
            }

            if (model.Face.Prompt is { } prompt) body = PromptAnswer.Complete(body, prompt.Format, model.Asked, CallCost.Of(attempt.Usage, attempt.Target.Facts.Price));
        }
        catch (Exception e)
        {
            AttemptFailures.Note(attempt, e is JsonException ? new FormatException("the answer is no JSON", e) : e);
            return;
        }

        if (!attempt.MayShow()) return;
        attempt.Committed = true;
        AnswerHead.Write(call, model, attempt, attempt.Passes ? attempt.Response.Content.Headers.ContentType?.ToString() ?? "application/json" : "application/json");
        call.Http.Response.ContentLength = body.Length;
        model.Slot?.Take(body, call.Http.Response.ContentType!);
        call.Record.FirstByteUs = call.Record.UpstreamFirstByteUs;
        await call.Http.Response.BodyWriter.WriteAsync(body, call.Http.RequestAborted);
        call.Record.ResponseBytes = body.Length;
    }

    // What to send: the provider's bytes, or the same in the caller's format.
    private ReadOnlyMemory<byte> Read(ModelCall model, ModelAttempt attempt, ReadOnlyMemory<byte> body)
    {
        using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 128 });
        if (attempt.Wire.Translation is { } translation)
        {
            var translated = attempt.Lend();
            using (var json = new Utf8JsonWriter(translated)) attempt.Told(translation.WriteAnswer(document.RootElement, json, () => settlement.Count(model, attempt)));
            return translated.Memory;
        }

        if (attempt.Wire.Operation is not (ModelOperation.Chat or ModelOperation.Completion))
        {
            if (document.RootElement.ValueKind != JsonValueKind.Object) throw new FormatException("the answer is no JSON object");
            if (!PlainAnswer.IsOne(attempt.Wire.Operation, document.RootElement)) throw new FormatException($"the answer is none of {attempt.Wire.Operation}");
            attempt.Told(AnswerUsage.Of(document.RootElement));
            return body;
        }

        var answer = attempt.Format.ReadAnswer(document.RootElement);
        attempt.Told(answer);
        if (model.Guard?.Shape?.Fits(model, attempt, answer) == false) return body;
        if (attempt.Passes) return body;
        if (attempt.Usage is null)
        {
            attempt.Told(settlement.Count(model, attempt));
            answer = answer with { Usage = attempt.Usage };
        }

        var output = attempt.Lend();
        using (var json = new Utf8JsonWriter(output)) model.Face.Format.WriteAnswer(answer, model.Context, json);
        return output.Memory;
    }
}
