using Microsoft.AspNetCore.Http;
using Tidegate.Core.Resources;

namespace Tidegate.Platform.Hosting;

/// <summary>The problems every module has. Own kinds of problem are built with <see cref="ProblemResult"/> directly.</summary>
public static class Problems
{
    /// <summary>400: the request cannot be understood.</summary>
    /// <param name="path">The parameter or key.</param>
    /// <param name="detail">What is wrong with it.</param>
    /// <param name="action">What would be legal.</param>
    public static ProblemResult BadRequest(string path, string detail, string? action = null) =>
        new(new() { Status = StatusCodes.Status400BadRequest, Code = "bad_request", Path = path, Detail = detail, Action = action });

    /// <summary>404: there is no such object.</summary>
    /// <param name="resource">As the caller named it: <c>revision 17</c>.</param>
    /// <param name="action">Where the existing ones are listed.</param>
    public static ProblemResult NotFound(string resource, string? action = null) =>
        new(new() { Status = StatusCodes.Status404NotFound, Code = "not_found", Resource = resource, Detail = $"There is no {resource}.", Action = action });

    /// <summary>409: somebody else was faster, or the object is in a state that does not allow it.</summary>
    public static ProblemResult Conflict(string code, string resource, string detail, string action) =>
        new(new() { Status = StatusCodes.Status409Conflict, Code = code, Resource = resource, Detail = detail, Action = action });

    /// <summary>422: the document is refused; all findings are listed.</summary>
    public static ProblemResult Invalid(IReadOnlyList<Finding> findings)
    {
        ArgumentNullException.ThrowIfNull(findings);
        var errors = findings.Count(f => f.Severity == FindingSeverity.Error);
        return new(new()
        {
            Status = StatusCodes.Status422UnprocessableEntity,
            Code = "invalid_document",
            Detail = errors == 1 ? "The document has 1 error." : $"The document has {errors} errors.",
            Findings = findings,
        });
    }

    /// <summary>503: something this needs is away; traffic goes on meanwhile.</summary>
    /// <param name="detail">What is away.</param>
    /// <param name="action">What to do about it.</param>
    public static ProblemResult Unavailable(string detail, string? action = null) =>
        new(new() { Status = StatusCodes.Status503ServiceUnavailable, Code = "unavailable", Detail = detail, Action = action });
}
