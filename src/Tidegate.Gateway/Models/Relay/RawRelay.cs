using System.Buffers;
using Tidegate.Gateway.Models.Targets;
using Tidegate.Gateway.Request;
using Tidegate.Gateway.Request.Guard;

namespace Tidegate.Gateway.Models.Relay;

/// <summary>Passes an answer on as it comes: sound, subtitles, events of its own. The commit point is its first byte; what breaks after it breaks the caller's connection.</summary>
internal sealed class RawRelay(TimeProvider time)
{
    private const int BufferSize = 16 * 1024;

    /// <summary>True for answers that are passed on as they come. JSON is read first, so that a broken one can be tried again unseen.</summary>
    public static bool Takes(ModelCall model, ModelAttempt attempt) => model.Face.AnswersRaw && attempt.Response!.Content.Headers.ContentType?.MediaType != "application/json";

    /// <summary>Passes it on, or notes in the attempt why it cannot be.</summary>
    public async ValueTask RunAsync(GatewayCall call, AliasModel alias, ModelCall model, ModelAttempt attempt)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            var content = attempt.Response!.Content;
            if (content.Headers.ContentType?.MediaType == "text/html") throw new FormatException("the answer is a page");
            await using var body = await content.ReadAsStreamAsync(attempt.Scope.Token);
            var output = call.Http.Response.BodyWriter;
            for (int read; (read = await body.ReadAsync(buffer, attempt.Scope.Token)) > 0;)
            {
                if (attempt.SawContent())
                {
                    call.Record.UpstreamFirstByteUs = Ticks.Microseconds(time, time.GetTimestamp() - call.StartTimestamp);
                    AnswerHead.Write(call, model, attempt, content.Headers.ContentType?.ToString() ?? "application/octet-stream");
                    attempt.Committed = true;
                }

                call.Record.ResponseBytes += read;
                attempt.DueIn(alias.Idle, CancelCause.CallerGone); // who takes nothing for so long is as good as gone, and that is not the provider's silence
                await output.WriteAsync(buffer.AsMemory(0, read), attempt.Scope.Token);
                attempt.DueIn(alias.Idle, CancelCause.Idle);
            }

            if (!attempt.Committed) throw new FormatException("the answer is empty");
        }
        catch (Exception e)
        {
            AttemptFailures.Note(attempt, e);
            attempt.BreaksConnection = attempt.Committed; // there is no other way to say that something is missing
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
