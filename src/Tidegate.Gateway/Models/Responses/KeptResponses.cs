using System.Text;
using Microsoft.AspNetCore.Http;
using Tidegate.Core.Calls;
using Tidegate.Gateway.Request;
using Tidegate.Models.Providers;

namespace Tidegate.Gateway.Models.Responses;

/// <summary>Shows a response that was given before, or deletes it: only those of the caller's own consumer, as long as they are kept.</summary>
internal sealed class KeptResponses(ResponseStore store)
{
    /// <summary>True for calls about one.</summary>
    public static bool Takes(GatewayCall call) =>
        call.Face is { Operation: ModelOperation.KeptResponse } && (HttpMethods.IsGet(call.Http.Request.Method) || HttpMethods.IsDelete(call.Http.Request.Method));

    /// <summary>Answers, or refuses the call.</summary>
    public async ValueTask AnswerAsync(GatewayCall call)
    {
        var (id, consumer, isGet) = (call.FaceModel!, call.Caller.Consumer, HttpMethods.IsGet(call.Http.Request.Method));
        if (isGet && call.Http.Request.Query["stream"] is ["true", ..])
        {
            call.Refuse(new Refusal(400, CallOutcome.ClientError, "unsupported_value", "Kept responses are shown as a whole: ask without stream."));
            return;
        }

        var kept = consumer.Length == 0 ? null : isGet ? store.Find(consumer, id) : store.Remove(consumer, id) ? Deleted(id) : null;
        if (kept is null)
        {
            call.Refuse(new Refusal(404, CallOutcome.ClientError, "response_not_found", consumer.Length > 0
                ? $"Response with id '{(id.Length <= 100 ? id : id[..100] + "...")}' not found: responses are kept for an hour, by the node that gave them, and for who asked for them."
                : "Responses are kept for callers with a key only."));
            return;
        }

        var response = call.Http.Response;
        response.ContentType = "application/json";
        response.Headers.CacheControl = "no-store";
        response.ContentLength = kept.Length;
        ResponseFinish.Apply(call);
        (call.Record.Outcome, call.Record.ResponseBytes) = (CallOutcome.Ok, kept.Length);
        await response.BodyWriter.WriteAsync(kept, call.Http.RequestAborted);
    }

    private static byte[] Deleted(string id) => Encoding.UTF8.GetBytes($"{{\"id\":\"{System.Text.Json.JsonEncodedText.Encode(id)}\",\"object\":\"response\",\"deleted\":true}}");
}
