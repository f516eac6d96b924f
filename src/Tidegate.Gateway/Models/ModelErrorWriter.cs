using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Tidegate.Core.Calls;
using Tidegate.Gateway.Request;
using Tidegate.Models.Chat;

namespace Tidegate.Gateway.Models;

/// <summary>Tells a caller of models why there is no answer, in the format it speaks, so that the vendor's SDK raises its own exception.</summary>
internal static class ModelErrorWriter
{
    /// <summary>Writes the last error of a call: the provider's own words where it speaks the caller's format, else translated.</summary>
    public static async ValueTask WriteAsync(GatewayCall call, ModelCall model)
    {
        var error = Public(model.LastError ?? new ModelError(ModelErrorKind.Server, 502, "The model did not answer."));
        var record = call.Record;
        record.Outcome = Outcome(error.Kind);
        record.Error = error.Message;
        var response = call.Http.Response;
        response.StatusCode = error.Status is >= 400 and < 600 ? error.Status : model.Face.Format.StatusOf(error);
        response.ContentType = "application/json";
        response.Headers.CacheControl = "no-store";
        if (model.RetryAfterSeconds > 0 && response.StatusCode is 429 or 503 or 529) response.Headers.RetryAfter = model.RetryAfterSeconds.ToString();
        ResponseFinish.Apply(call);
        var body = ReferenceEquals(error, model.LastError) && model.LastErrorBody is { Length: > 0 } raw && raw.Span.TrimStart((byte)' ')[0] == '{' ? raw : Write(call, error);
        record.ResponseBytes = body.Length;
        await response.BodyWriter.WriteAsync(body, call.Http.RequestAborted);
    }

    /// <summary>Writes a refusal of a stage before the models: wrong key, limit, unknown model.</summary>
    public static async ValueTask WriteAsync(GatewayCall call, Refusal refusal)
    {
        var body = Write(call, new ModelError(KindOf(refusal.Status), refusal.Status, refusal.Detail) { Code = refusal.Code });
        call.Http.Response.ContentType = "application/json";
        call.Record.ResponseBytes = body.Length;
        await call.Http.Response.BodyWriter.WriteAsync(body, call.Http.RequestAborted);
    }

    // A key of ours that a provider refuses is not the caller's fault, and must not look like it.
    private static ModelError Public(ModelError error) => error.Kind is ModelErrorKind.Authentication or ModelErrorKind.Permission or ModelErrorKind.Billing
        ? new ModelError(ModelErrorKind.Server, StatusCodes.Status502BadGateway, "The gateway's account at the provider was refused. Its operator finds the reason in the call log.")
        : error;

    private static byte[] Write(GatewayCall call, ModelError error)
    {
        using var output = new MemoryStream();
        using (var json = new Utf8JsonWriter(output)) call.Face!.Format.WriteError(error, json);
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
