using Microsoft.AspNetCore.Http;
using Tidegate.Gateway.Request;

namespace Tidegate.Gateway.Models.Relay;

/// <summary>The head of an answer to a model call.</summary>
internal static class AnswerHead
{
    /// <summary>Header naming the target that answered: <c>provider/model</c>.</summary>
    public const string TargetHeader = "X-Tidegate-Target";

    /// <summary>Header naming the fields of the request that the target could not be told.</summary>
    public const string DroppedHeader = "X-Tidegate-Dropped";

    // What vendors' SDKs show beside an exception or a result; everything else of the provider is about our account and stays here.
    private static readonly string[] Passed = ["request-id", "x-request-id"];

    /// <summary>Writes status and headers into the response; nothing is sent yet.</summary>
    public static void Write(GatewayCall call, ModelCall model, ModelAttempt attempt, string mediaType)
    {
        var response = call.Http.Response;
        response.StatusCode = StatusCodes.Status200OK;
        response.ContentType = mediaType;
        response.Headers[TargetHeader] = attempt.Target.Name;
        if (model.Dropped is { } dropped) response.Headers[DroppedHeader] = string.Join(", ", dropped);
        foreach (var name in Passed)
            if (attempt.Response!.Headers.NonValidated.TryGetValues(name, out var values)) response.Headers[name] = values.ToString();
        ResponseFinish.Apply(call);
    }
}
