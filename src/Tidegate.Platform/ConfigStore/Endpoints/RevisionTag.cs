using System.Globalization;
using Microsoft.AspNetCore.Http;
using Tidegate.Platform.Hosting;

namespace Tidegate.Platform.ConfigStore.Endpoints;

/// <summary>The revision as entity tag: <c>ETag: "17"</c>, <c>If-Match: "17"</c>.</summary>
internal static class RevisionTag
{
    public static void Write(HttpContext context, long revision) => context.Response.Headers.ETag = $"\"{revision}\"";

    /// <summary>The revision the caller insists on; null when none.</summary>
    public static long? Read(HttpContext context)
    {
        var text = context.Request.Headers.IfMatch.ToString();
        if (text.Length == 0 || text == "*") return null;
        return long.TryParse(text.Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new ProblemException(Problems.BadRequest("If-Match", $"{text} is not the tag of a revision.", "Send the ETag of the configuration, such as \"17\".").Problem);
    }
}
