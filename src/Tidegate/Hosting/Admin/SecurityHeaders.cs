
namespace Tidegate.Hosting.Admin;

/// <summary>Headers of every answer of the admin port: not sniffed, not framed, not cached, not leaking where the reader came from.</summary>
internal sealed class SecurityHeaders(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        // When the answer begins, not now: the exception handler clears what was set before it.
        context.Response.OnStarting(static response => Set(((HttpResponse)response).Headers), context.Response);
        return next(context);
    }

    private static Task Set(IHeaderDictionary headers)
    {
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
        return Task.CompletedTask;
    }
}
