using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources.Services.Rules;

/// <summary>A fixed answer can be sent; used wherever one may stand.</summary>
internal static class StaticResponseCheck
{
    public static void Run(StaticResponseConfig response, string path, ResourceScope scope)
    {
        if (response.Status is 204 or 205 or 304 && response.Body.Length > 0)
            scope.Error("body_not_allowed", $"{path}.body", $"An answer with status {response.Status} has no body.");
        if (response.ContentType.Length == 0 || !HttpSyntax.IsHeaderValue(response.ContentType))
            scope.Error("bad_header_value", $"{path}.contentType", "The content type is empty or holds a character that no header may hold.");
    }
}
