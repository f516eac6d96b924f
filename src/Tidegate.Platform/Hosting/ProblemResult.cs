using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Tidegate.Platform.Hosting;

/// <summary>Answers an API call with a <see cref="Hosting.Problem"/>.</summary>
public sealed class ProblemResult(Problem problem) : IResult, IStatusCodeHttpResult
{
    /// <summary>What is answered.</summary>
    public Problem Problem { get; } = problem;

    /// <inheritdoc/>
    public int? StatusCode => Problem.Status;

    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        httpContext.Response.StatusCode = Problem.Status;
        var titled = Problem.Title is null ? Problem with { Title = ReasonPhrases.GetReasonPhrase(Problem.Status) } : Problem;
        return httpContext.Response.WriteAsJsonAsync(titled, ApiJson.Options, "application/problem+json", httpContext.RequestAborted);
    }
}
