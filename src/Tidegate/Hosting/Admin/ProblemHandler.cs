using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;
using Tidegate.Core.Resources;
using Tidegate.Platform.Hosting;

namespace Tidegate.Hosting.Admin;

/// <summary>Answers what modules throw on purpose, and requests that could not be read.</summary>
internal sealed class ProblemHandler : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        var problem = exception switch
        {
            ProblemException refused => refused.Problem,
            BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => EmptyAnswer.TooLarge(httpContext),
            BadHttpRequestException { InnerException: JsonException json } => Shape(await BodyReview.OfAsync(httpContext, cancellationToken), json),
            BadHttpRequestException { StatusCode: 400 } empty when empty.Message.Contains("no body was provided", StringComparison.Ordinal) =>
                new Problem { Status = 400, Code = "bad_request", Path = "$", Detail = "The body is empty or null.", Action = "Send a JSON object; see /api/v1/openapi.json for what is expected." },
            BadHttpRequestException unreadable =>
                new Problem { Status = unreadable.StatusCode, Code = "bad_request", Detail = unreadable.Message.TrimEnd('.') + ".", Action = "See /api/v1/openapi.json for what is expected." },
            _ => null,
        };
        if (problem is null) return false;
        await new ProblemResult(problem).ExecuteAsync(httpContext);
        return true;
    }

    private static Problem Shape(IReadOnlyList<Finding> findings, JsonException json) => new()
    {
        Status = 400,
        Code = "bad_request",
        Path = findings.Count > 0 ? findings[0].Path : json.Path,
        Detail = findings.Count switch { 0 => JsonDetail(json), 1 => $"{findings[0].Path}: {findings[0].Message}", var n => $"The body has {n} errors." },
        Findings = findings.Count > 1 ? findings : null,
        Action = "See /api/v1/openapi.json for what is expected.",
    };

    // The serializer's own words name our types; the place is what the caller can use.
    private static string JsonDetail(JsonException json) => Missing(json) is { } keys ? $"Of the body is missing: {keys}."
        : string.IsNullOrEmpty(json.Path) ? "The body is not the JSON that is expected here."
        : json.Path == "$" && json.LineNumber is not null
        ? $"The body is not the JSON that is expected here (line {json.LineNumber + 1}, byte {json.BytePositionInLine + 1})."
        : $"The body has something unexpected at {json.Path}.";

    // The serializer says which keys are missing in its message alone: "..., including: 'service', 'version'."
    private static string? Missing(JsonException json)
    {
        const string before = "missing required properties including: ";
        var at = json.Message.IndexOf(before, StringComparison.Ordinal);
        if (at < 0) return null;
        var words = json.Message[(at + before.Length)..];
        var end = words.LastIndexOf('\'');
        return end < 0 ? null : words[..(end + 1)].Replace("'", "", StringComparison.Ordinal);
    }
}
