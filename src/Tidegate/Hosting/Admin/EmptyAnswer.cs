using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Tidegate.Core.Resources.Schema;
using Tidegate.Platform.Hosting;

namespace Tidegate.Hosting.Admin;

/// <summary>Errors the framework answers without a body (404, 405, 401, 415, 504): given one that says why.</summary>
internal static class EmptyAnswer
{
    public static Task ExplainAsync(StatusCodeContext context) => new ProblemResult(ProblemFor(context.HttpContext)).ExecuteAsync(context.HttpContext);

    /// <summary>A body beyond the limit of its endpoint, else of the port.</summary>
    public static Problem TooLarge(HttpContext http) => new()
    {
        Status = 413,
        Code = "too_large",
        Detail = $"The request body is larger than {(http.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize is { } limit ? ByteSize.Format(limit) : "the limit")}.",
        Action = http.Request.Path.StartsWithSegments("/api/v1/config", StringComparison.OrdinalIgnoreCase) ? "Send less at once; parts of a configuration are applied with \"partial\": true." : "Send less at once.",
    };

    private static Problem ProblemFor(HttpContext http)
    {
        var request = $"{http.Request.Method} {http.Request.Path}";
        return http.Response.StatusCode switch
        {
            400 => new() { Status = 400, Code = "bad_request", Detail = $"{request} was refused: a value in its query is not of the kind that is expected.", Action = "See /api/v1/openapi.json for what it takes." },
            401 => new() { Status = 401, Code = "unauthorized", Detail = "This needs a login." },
            403 => new() { Status = 403, Code = "forbidden", Detail = $"You are not allowed to {request}." },
            404 => new() { Status = 404, Code = "no_such_path", Detail = $"There is nothing at {http.Request.Path}.", Action = "See /api/v1/openapi.json for what there is." },
            405 => new() { Status = 405, Code = "method_not_allowed", Detail = $"{http.Request.Path} does not take {http.Request.Method}.", Action = $"It takes {http.Response.Headers.Allow}." },
            413 => TooLarge(http),
            415 => new() { Status = 415, Code = "unsupported_media_type", Path = "Content-Type", Detail = $"{request} does not take '{http.Request.ContentType}'.", Action = "Send JSON, with 'Content-Type: application/json'." },
            504 => new() { Status = 504, Code = "too_slow", Detail = $"{request} was given up after its time limit." },
            var status => new() { Status = status, Code = "refused", Detail = $"{request} was refused: {ReasonPhrases.GetReasonPhrase(status)}." },
        };
    }
}
