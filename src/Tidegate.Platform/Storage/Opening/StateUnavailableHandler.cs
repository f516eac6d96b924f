using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Tidegate.Platform.Hosting;

namespace Tidegate.Platform.Storage.Opening;

/// <summary>Control without its database: 503 with a reason, never a stack trace.</summary>
internal sealed class StateUnavailableHandler : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is not StateUnavailableException unavailable) return false;
        httpContext.Response.Headers.RetryAfter = "5";
        await new ProblemResult(unavailable.ToProblem()).ExecuteAsync(httpContext);
        return true;
    }
}
