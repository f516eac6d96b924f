using System.Text;
using Microsoft.AspNetCore.Http;
using Tidegate.Core.Calls;
using Tidegate.Core.Resources.Services;

namespace Tidegate.Gateway.Request.Guard;

/// <summary>Writes the fixed answer of a fallback.</summary>
internal static class FallbackAnswer
{
    /// <summary>Answers in place of the refusal. With a status below 400 the caller was served; else the call stays what it was.</summary>
    public static async ValueTask WriteAsync(GatewayCall call, StaticResponseConfig answer, Refusal refusal)
    {
        call.Refusal = null;
        call.Note("fallback: fixed answer");
        call.Record.Outcome = answer.Status < 400 ? CallOutcome.Ok : refusal.Outcome;
        call.Record.Error = refusal.Internal ?? refusal.Detail;
        var response = call.Http.Response;
        response.StatusCode = answer.Status;
        response.ContentType = answer.ContentType;
        response.ContentLength = Encoding.UTF8.GetByteCount(answer.Body);
        ResponseFinish.Apply(call);
        if (!HttpMethods.IsHead(call.Http.Request.Method)) await response.WriteAsync(answer.Body, call.Http.RequestAborted);
    }
}
