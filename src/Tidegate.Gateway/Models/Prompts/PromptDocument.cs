using Microsoft.AspNetCore.Http;
using Tidegate.Core.Calls;
using Tidegate.Gateway.Request;

namespace Tidegate.Gateway.Models.Prompts;

/// <summary>Tells callers of a prompt how to call it: its OpenAPI document, that of the version in force where none is pinned.</summary>
internal static class PromptDocument
{
    /// <summary>The address of the document asked for; null when the call is for something else.</summary>
    public static PromptAddress? Find(GatewayCall call) =>
        call.Face?.Prompt is not null && call.Snapshot.Models.Prompts.Find(call.Requested.Path) is { Described: not null } address ? address : null;

    /// <summary>Writes it.</summary>
    public static async ValueTask WriteAsync(GatewayCall call, PromptAddress address)
    {
        if (!HttpMethods.IsGet(call.Http.Request.Method))
        {
            call.Refuse(new Refusal(405, CallOutcome.NoRoute, "method_not_allowed", $"{call.Http.Request.Method} is not a method of this path.") { Allow = "GET" });
            return;
        }

        if (!PromptRequest.MayUse(call, call.Face!.Prompt!)) return;
        var document = address.Document;
        var response = call.Http.Response;
        response.ContentType = "application/json";
        response.ContentLength = document.Length;
        ResponseFinish.Apply(call);
        call.Record.Outcome = CallOutcome.Ok;
        call.Record.ResponseBytes = document.Length;
        await response.BodyWriter.WriteAsync(document, call.Http.RequestAborted);
    }
}
