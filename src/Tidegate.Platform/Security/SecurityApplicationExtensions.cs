using Microsoft.AspNetCore.Builder;
using Tidegate.Platform.Security.Access;

namespace Tidegate.Platform.Security;

/// <summary>Puts the guard in front of the endpoints.</summary>
public static class SecurityApplicationExtensions
{
    /// <summary>After <c>UseRouting</c> (it reads what the endpoint says about itself) and after the exception handler (it refuses by <see cref="Hosting.ProblemException"/>).</summary>
    public static IApplicationBuilder UseSecurity(this IApplicationBuilder app) => app.UseMiddleware<AccessMiddleware>();
}
