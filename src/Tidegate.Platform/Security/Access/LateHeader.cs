using Microsoft.AspNetCore.Http;

namespace Tidegate.Platform.Security.Access;

/// <summary>The exception handler clears headers that were set before; these are set when the answer begins.</summary>
internal static class LateHeader
{
    public static void Set(HttpContext context, string name, string value) => context.Response.OnStarting(() =>
    {
        context.Response.Headers[name] = value;
        return Task.CompletedTask;
    });
}
