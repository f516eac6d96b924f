using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Tidegate.Platform.Security.Sessions;

/// <summary>The session in the browser, and the word that proves a request comes from a page of ours.</summary>
internal static class SessionCookie
{
    /// <summary>Header that must carry the session's CSRF word on requests that change something.</summary>
    public const string CsrfHeader = "X-Tidegate-Csrf";

    // With TLS the __Host- prefix keeps other hosts of the domain from planting a cookie of theirs.
    private const string SecureName = "__Host-tidegate-session";
    private const string PlainName = "tidegate-session";

    public static string? Read(HttpContext context) => context.Request.Cookies[Name(context)];

    public static void Write(HttpContext context, string secret) => context.Response.Cookies.Append(Name(context), secret, Options(context));

    public static void Remove(HttpContext context) => context.Response.Cookies.Delete(Name(context), Options(context));

    /// <summary>Made from the secret, so that it needs no storage and dies with the session; a script of another origin can know neither.</summary>
    public static string CsrfWord(string secret) => Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), "tidegate csrf"u8));

    public static bool HasCsrfWord(HttpContext context, string secret) =>
        context.Request.Headers[CsrfHeader] is [{ } given] && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(CsrfWord(secret)));

    private static string Name(HttpContext context) => context.Request.IsHttps ? SecureName : PlainName;

    private static CookieOptions Options(HttpContext context) => new()
    {
        HttpOnly = true, Secure = context.Request.IsHttps, SameSite = SameSiteMode.Strict, Path = "/", IsEssential = true,
    };
}
