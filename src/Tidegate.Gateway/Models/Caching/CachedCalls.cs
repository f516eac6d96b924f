using System.Globalization;
using Microsoft.AspNetCore.Http;
using Tidegate.Core.Calls;
using Tidegate.Gateway.Models.Guarding;
using Tidegate.Gateway.Models.Relay;
using Tidegate.Gateway.Models.Targets;
using Tidegate.Gateway.Request;
using Tidegate.Models.Json;

namespace Tidegate.Gateway.Models.Caching;

/// <summary>Calls of aliases that keep their answers: a kept one is given again, to the byte and at once; else the one to come has a place.</summary>
internal static class CachedCalls
{
    /// <summary>Header of calls whose answer may be kept: <c>hit</c> or <c>miss</c>.</summary>
    public const string Header = "X-Tidegate-Cache";

    /// <summary>True when the call was answered.</summary>
    public static async ValueTask<bool> TryAnswerAsync(GatewayCall call, ModelCall model, AliasModel alias)
    {
        if (alias.Cache is not { } cache) return false;
        var counts = alias.State.Cached;
        if (!MayKeep(call, model, cache, out var mayAnswer))
        {
            counts.Bypass();
            return false;
        }

        var key = CacheKey.Of(call, model, cache.Config);
        if (mayAnswer && cache.TryGet(key, out var answer))
        {
            counts.Hit();
            call.Record.Facts |= CallFacts.CacheHit;
            // What is kept of its bodies is what guardrails leave of them, and an outside guard sees every request: it may think otherwise today.
            if ((call.Bodies is null && !CallGuard.AsksAboutRequests(call, alias)) || await CallGuard.ApplyAsync(call, model, alias)) await AnswerAsync(call, answer, cache.AgeOf(answer));
            return true;
        }

        counts.Miss();
        if (mayAnswer) call.Record.Facts |= CallFacts.CacheMiss;
        model.Slot = new CacheSlot(cache, counts, key);
        call.Http.Response.Headers[Header] = "miss";
        return false;
    }

    // Callers may say no, as HTTP has words for it. What hangs on a conversation kept elsewhere is not told by the request alone.
    private static bool MayKeep(GatewayCall call, ModelCall model, AnswerCache cache, out bool mayAnswer)
    {
        var wish = call.Http.Request.Headers.CacheControl.ToString();
        mayAnswer = !wish.Contains("no-cache", StringComparison.OrdinalIgnoreCase);
        if (wish.Contains("no-store", StringComparison.OrdinalIgnoreCase) || model.Face.IsForm || model.Face.AnswersRaw) return false;
        return (cache.Config.All || CacheKey.IsRepeatable(model)) && !model.Json.TryField("previous_response_id", out _);
    }

    private static async ValueTask AnswerAsync(GatewayCall call, CachedAnswer answer, int age)
    {
        var (response, record) = (call.Http.Response, call.Record);
        response.StatusCode = StatusCodes.Status200OK;
        response.ContentType = answer.MediaType;
        response.Headers[Header] = "hit";
        response.Headers[AnswerHead.TargetHeader] = answer.Target;
        response.Headers.Age = age.ToString(CultureInfo.InvariantCulture); // RFC 9111, section 5.1
        ResponseFinish.Apply(call);
        response.ContentLength = answer.Body.Length;
        record.Outcome = CallOutcome.Ok;
        record.Destination = answer.Target;
        record.ResponseBytes = answer.Body.Length;
        record.Facts |= answer.Facts;
        record.AgeSeconds = age;
        // Who wrote it, and that nothing was used for it: sums over records are what providers bill. The caller reads the usage of then in the answer.
        if (answer.Use is { } use) record.Use = new ModelUse(use.Provider, use.Model) { InputTokens = 0, OutputTokens = 0, Cost = 0, Currency = use.Currency };
        call.Note("cache hit");
        await response.BodyWriter.WriteAsync(answer.Body, call.Http.RequestAborted);
    }
}
