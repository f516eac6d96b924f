using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Tidegate.Gateway.Request.Guard;

namespace Tidegate.Gateway.Request.Forward;

/// <summary>Passes status and headers of the upstream's answer on to the caller.</summary>
internal static class ResponseHead
{
    /// <summary>Copies them into the caller's response, which has not begun. False for an answer that nobody could read: coded for the way in a manner that is not undone on it.</summary>
    public static bool Copy(GatewayCall call, Attempt attempt, HttpResponseMessage upstream)
    {
        var response = call.Http.Response;
        response.StatusCode = attempt.Status;
        var headers = response.Headers;
        var (nominated, chunked) = (Nominated(upstream), false);
        foreach (var header in upstream.Headers.NonValidated)
        {
            if (HopByHop.Is(header.Key))
            {
                if (header.Key.Length == 17 && !header.Value.ToString().Equals("chunked", StringComparison.OrdinalIgnoreCase)) return false; // Transfer-Encoding
                chunked |= header.Key.Length == 17;
                continue;
            }

            if (nominated is not null && HopByHop.IsNominated(nominated, header.Key)) continue;
            if (header.Key.Length == 7 && header.Key.Equals("Trailer", StringComparison.OrdinalIgnoreCase) && !response.SupportsTrailers()) continue; // promises nothing that will not come
            headers[header.Key] = Value(header.Value);
        }

        foreach (var header in upstream.Content.Headers.NonValidated)
        {
            // Transfer-Encoding overrides Content-Length, which must not be passed on beside it (RFC 9112 §6.3); and 204 has none (RFC 9110 §8.6).
            if ((chunked || attempt.Status == 204) && header.Key.Equals("Content-Length", StringComparison.OrdinalIgnoreCase)) continue;
            headers[header.Key] = Value(header.Value);
        }

        if (attempt.Service.Config.VersionHeader is { } named && call.Record.Version.Length == 0) call.Record.Version = attempt.Service.State.Versions.Of(headers, named);
        if (attempt.Status < 400) call.Record.AgeSeconds = AnswerAge.Of(headers, call.Record.StartedAt);
        if (attempt.Service.Balancing.Cookie(call, attempt.Destination) is { } cookie) headers.Append("Set-Cookie", cookie);
        if (headers.ContentType is [{ } type] && type.StartsWith("text/event-stream", StringComparison.OrdinalIgnoreCase)) call.Record.Kind = "sse";
        ResponseFinish.Apply(call);
        return true;
    }

    /// <summary>The values of a header as the server takes them.</summary>
    public static StringValues Value(HeaderStringValues values)
    {
        if (values.Count == 1) return values.ToString();
        var all = new string[values.Count];
        var i = 0;
        foreach (var value in values) all[i++] = value;
        return all;
    }

    private static string? Nominated(HttpResponseMessage upstream) =>
        upstream.Headers.NonValidated.TryGetValues("Connection", out var values) ? HopByHop.Nominated(values.ToString()) : null;
}
