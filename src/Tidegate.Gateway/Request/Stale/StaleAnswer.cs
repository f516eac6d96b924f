using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Tidegate.Core.Calls;

namespace Tidegate.Gateway.Request.Stale;

/// <summary>Gives a kept answer.</summary>
internal sealed class StaleAnswer(TimeProvider time)
{
    // So much at a time: a caller who reads slowly holds no copy of a large body.
    private const int Piece = 64 * 1024;

    private const string CacheStatus = "Cache-Status";

    // What stays of an answer whose body the caller has (RFC 9110, section 15.4.5).
    private static readonly string[] OfNotModified = ["Cache-Control", "Content-Location", "Date", "ETag", "Expires", "Vary", CacheStatus];

    /// <summary>Answers with what was found for the call: in place of the refusal, or by rule when there is none. The caller was served, and the record says how.</summary>
    public async ValueTask WriteAsync(GatewayCall call, StaleModel stale, Refusal? refusal)
    {
        var (kept, record, response) = (call.Kept!, call.Record, call.Http.Response);
        var resident = (int)Math.Min(int.MaxValue / 2, Ticks.Span(time, time.GetTimestamp() - kept.ArrivedAt).TotalSeconds);
        call.Refusal = null;
        call.Note(refusal is null ? $"stale: answer of {resident} s ago, by rule" : $"stale: answer of {resident} s ago");
        record.Outcome = CallOutcome.Ok;
        record.Error = refusal is null ? "" : refusal.Internal ?? refusal.Detail;
        record.AgeSeconds = Sum(Math.Max(kept.DataAge, 0), resident);
        record.GrpcStatus = -1;
        stale.Counts.Serve(onError: refusal is not null);

        var modified = !IsKnown(call.Http.Request.Headers.IfNoneMatch, kept.ETag);
        response.StatusCode = modified ? StatusCodes.Status200OK : StatusCodes.Status304NotModified;
        foreach (var (name, values) in kept.Headers)
            if (modified || OfNotModified.Contains(name, StringComparer.OrdinalIgnoreCase)) response.Headers[name] = values;
        response.Headers.Age = Sum(kept.Age, resident).ToString(CultureInfo.InvariantCulture); // RFC 9111, section 5.1
        // RFC 9211: a list, the cache nearest to the origin first.
        response.Headers.Append(CacheStatus, refusal is null ? "tidegate; hit; detail=stale-always" : "tidegate; hit; detail=stale-on-error");
        ResponseFinish.Apply(call);
        if (!modified) return;
        response.ContentLength = kept.Body.Length;
        if (HttpMethods.IsHead(call.Http.Request.Method)) return;
        for (var sent = 0; sent < kept.Body.Length; sent += Piece)
        {
            var piece = kept.Body.AsMemory(sent, Math.Min(Piece, kept.Body.Length - sent));
            await response.BodyWriter.WriteAsync(piece, call.Http.RequestAborted);
            record.ResponseBytes += piece.Length;
        }
    }

    // Tags are compared without regard to their being weak (RFC 9110, section 13.1.2).
    private static bool IsKnown(StringValues asked, string? tag)
    {
        if (asked.Count == 0) return false;
        var text = asked.ToString().AsSpan().Trim();
        if (text is "*") return true;
        if (tag is null) return false;
        var opaque = Opaque(tag);
        while (!text.IsEmpty)
        {
            var start = text.IndexOf('"');
            if (start < 0) return false;
            var length = text[(start + 1)..].IndexOf('"');
            if (length < 0) return false;
            if (text.Slice(start, length + 2).SequenceEqual(opaque)) return true;
            text = text[(start + length + 2)..];
        }

        return false;
    }

    private static ReadOnlySpan<char> Opaque(string tag) => tag.StartsWith("W/", StringComparison.Ordinal) ? tag.AsSpan(2) : tag;

    private static int Sum(int age, int more) => (int)Math.Min(int.MaxValue, (long)age + more);
}
