using Microsoft.AspNetCore.Diagnostics;
using Tidegate.Platform.Hosting;

namespace Tidegate.Hosting.Admin;

/// <summary>A mistake of ours: the log gets the exception, the caller an id to find it by.</summary>
internal static partial class UnexpectedError
{
    public static Task AnswerAsync(HttpContext context)
    {
        if (context.Features.Get<IExceptionHandlerFeature>()?.Error is { } error)
            Log.Failed(context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("Tidegate.Admin"), context.Request.Method, context.Request.Path, context.TraceIdentifier, error);
        return new ProblemResult(new Problem
        {
            Status = StatusCodes.Status500InternalServerError,
            Code = "internal",
            Detail = "Something failed inside Tidegate; traffic is not affected.",
            TraceId = context.TraceIdentifier,
        }).ExecuteAsync(context);
    }

    private static partial class Log
    {
        [LoggerMessage(9020, LogLevel.Error, "{Method} {Path} failed; answered 500 with {TraceId}")]
        public static partial void Failed(ILogger logger, string method, string path, string traceId, Exception error);
    }
}
