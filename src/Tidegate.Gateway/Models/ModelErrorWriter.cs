using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Tidegate.Core.Calls;
using Tidegate.Gateway.Request;
using Tidegate.Models.Chat;
using Tidegate.Models.Formats.Gemini;
using Tidegate.Models.Prompts;

namespace Tidegate.Gateway.Models;

/// <summary>Tells a caller of models why there is no answer, in the format it speaks, so that the vendor's SDK raises its own exception.</summary>
internal static class ModelErrorWriter
{
    /// <summary>An error of ours: nobody can take the call for now. Asking again in a second is as good as any answer, unless it is known when the first target comes back.</summary>
    public static ModelError Unavailable(string message) => new(ModelErrorKind.Overloaded, StatusCodes.Status503ServiceUnavailable, message) { RetryAfter = TimeSpan.FromSeconds(1) };

    /// <summary>Writes the last error of a call: the provider's own words where it speaks the caller's format, else translated.</summary>
    public static async ValueTask WriteAsync(GatewayCall call, ModelCall model)
    {
        var told = model.LastError ?? new ModelError(ModelErrorKind.Server, 502, "The model did not answer.");
        var error = Public(told);
        var record = call.Record;
        record.Outcome = Outcome(error.Kind);
        record.Error = error.Message;
        if (model.LastPolicy.Length > 0) call.Note($"{model.LastPolicy}: {(record.Outcome == CallOutcome.Timeout ? "timeout" : "unavailable")}");
        var response = call.Http.Response;
        response.StatusCode = error.Status is >= 400 and < 600 ? error.Status : model.Face.Format.StatusOf(error);
        response.ContentType = model.Face.ErrorMediaType;
        response.Headers.CacheControl = "no-store";
        var seconds = response.StatusCode is 429 or 503 or 529 ? RetryAfter(model, error) : 0;
        if (seconds > 0) response.Headers.RetryAfter = seconds.ToString();
        ResponseFinish.Apply(call);
        // Google's SDKs read it from the body, others from the header: it is the same.
        var sameWait = model.Face.Format is not GeminiFormat || Seconds(error) == seconds;
        var body = sameWait && ReferenceEquals(error, told) && model.LastErrorBody is { Length: > 0 } raw && raw.Span.TrimStart((byte)' ')[0] == '{' ? raw : Write(call, Waiting(error, seconds), model.LastPolicy);
        record.ResponseBytes = body.Length;
        await response.BodyWriter.WriteAsync(body, call.Http.RequestAborted);
    }

    /// <summary>The error with what its reader needs to ask about it: who spoke, and the id of the call. No format has fields for them, and SDKs show the message.</summary>
    public static ModelError Named(GatewayCall call, ModelError error, string policy = "") =>
        error with { Message = policy.Length > 0 ? $"{error.Message} (policy {policy}, call {call.IdText})" : $"{error.Message} (call {call.IdText})" };

    /// <summary>Writes a refusal of a stage before the models: wrong key, limit, unknown model.</summary>
    public static async ValueTask WriteAsync(GatewayCall call, Refusal refusal)
    {
        var body = Write(call, Waiting(new ModelError(KindOf(refusal.Status), refusal.Status, refusal.Detail) { Code = refusal.Code }, refusal.RetryAfterSeconds), refusal.Policy);
        call.Http.Response.ContentType = "application/json";
        call.Record.ResponseBytes = body.Length;
        await call.Http.Response.BodyWriter.WriteAsync(body, call.Http.RequestAborted);
    }

    // A key of ours that a provider refuses is not the caller's fault, and must not look like it.
    private static ModelError Public(ModelError error) => error.Kind is ModelErrorKind.Authentication or ModelErrorKind.Permission or ModelErrorKind.Billing
        ? new ModelError(ModelErrorKind.Server, StatusCodes.Status502BadGateway, "The gateway's account at the provider was refused. Its operator finds the reason in the call log.")
        : error;

    private static int RetryAfter(ModelCall model, ModelError error) => model.RetryAfterSeconds > 0 ? model.RetryAfterSeconds : Seconds(error);

    private static int Seconds(ModelError error) => (int)Math.Ceiling((error.RetryAfter ?? TimeSpan.Zero).TotalSeconds);

    private static ModelError Waiting(ModelError error, int seconds) => error with { RetryAfter = seconds > 0 ? TimeSpan.FromSeconds(seconds) : null };

    private static byte[] Write(GatewayCall call, ModelError error, string policy = "")
    {
        using var output = new MemoryStream();
        using (var json = new Utf8JsonWriter(output))
        {
            if (call.Face!.Prompt is null) call.Face.Format.WriteError(Named(call, error, policy), json);
            else PromptProblem.Write(error with { Status = call.Http.Response.StatusCode }, policy, call.IdText, json);
        }

        return output.ToArray();
    }

    private static CallOutcome Outcome(ModelErrorKind kind) => kind switch
    {
        ModelErrorKind.InvalidRequest or ModelErrorKind.NotFound or ModelErrorKind.ContextLength or ModelErrorKind.ContentFilter => CallOutcome.ClientError,
        ModelErrorKind.RateLimit => CallOutcome.RateLimited,
        ModelErrorKind.Timeout => CallOutcome.Timeout,
        ModelErrorKind.Overloaded => CallOutcome.Unavailable,
        _ => CallOutcome.UpstreamError,
    };

    private static ModelErrorKind KindOf(int status) => status switch
    {
        401 => ModelErrorKind.Authentication,
        403 => ModelErrorKind.Permission,
        404 or 405 => ModelErrorKind.NotFound,
        429 => ModelErrorKind.RateLimit,
        503 => ModelErrorKind.Overloaded,
        408 or 504 => ModelErrorKind.Timeout,
        >= 500 => ModelErrorKind.Server,
        _ => ModelErrorKind.InvalidRequest,
    };
}
