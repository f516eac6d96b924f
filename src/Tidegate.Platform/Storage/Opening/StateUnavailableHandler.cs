using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace Tidegate.Platform.Storage.Opening;

/// <summary>Control without its database: 503 with a reason, never a stack trace.</summary>
internal sealed class StateUnavailableHandler : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is not StateUnavailableException unavailable) return false;
        httpContext.Response.Headers.RetryAfter = "5";
        await Results.Problem(
            title: "State database unavailable",
            detail: $"{unavailable.Message} Nothing was changed. Traffic is not affected.",
            statusCode: StatusCodes.Status503ServiceUnavailable,
            extensions: new Dictionary<string, object?> { ["reason"] = $"state_{unavailable.Word}" }).ExecuteAsync(httpContext);
        return true;
    }
}
