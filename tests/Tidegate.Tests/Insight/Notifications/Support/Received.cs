using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Tidegate.Tests.Insight.Notifications.Support;

/// <summary>A request that a receiver got.</summary>
internal sealed record Received(string Path, IReadOnlyDictionary<string, string> Headers, byte[] Bytes)
{
    public JsonNode Json => JsonNode.Parse(Bytes)!;

    public static async Task<Received> OfAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        return new Received(context.Request.Path + context.Request.QueryString, context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase), body.ToArray());
    }
}
