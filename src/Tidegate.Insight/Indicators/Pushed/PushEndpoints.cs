using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Tidegate.Core.Resources;
using Tidegate.Core.Windows;
using Tidegate.Platform.Audit;
using Tidegate.Platform.Hosting;

namespace Tidegate.Insight.Indicators.Pushed;

/// <summary>Programs push counts of good and bad.</summary>
internal static class PushEndpoints
{
    private const string KeyHeader = "Idempotency-Key";
    private const int LongestKey = 200;
    private const int Most = 1_000;
    private const int Body = 1 << 20;

    // Clocks differ; what is a little ahead happened now.
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(1);

    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/indicators/events", PushAsync).RequirePermission(IndicatorsModule.Push).WithMetadata(new RequestSizeLimitAttribute(Body)).WithName("pushEvents")
        .WithSummary("Counts of good and bad events for indicators of type events; on disk when answered. The header Idempotency-Key makes a retry count once.").Produces<PushAnswer>();

    private static async Task<IResult> PushAsync(PushStore store, PushedSource source, TimeProvider time, Actor actor, HttpContext http, PushRequest body, CancellationToken cancel)
    {
        if (http.Request.Headers[KeyHeader] is not [{ Length: > 0 and <= LongestKey } key])
            return Problems.BadRequest(KeyHeader, $"The header {KeyHeader} is missing, given twice, empty or longer than {LongestKey} characters.", "Send one that is new for each push, and the same when it is sent again.");
        if (body.Events.Count is 0 or > Most) return Problems.BadRequest("events", string.Create(CultureInfo.InvariantCulture, $"There are {body.Events.Count} counts."), $"Send 1 to {Most} at once.");

        var now = time.GetUtcNow();
        List<Finding> findings = [.. body.Events.SelectMany((e, i) => Check(e, string.Create(CultureInfo.InvariantCulture, $"events[{i}]"), source.Names, now))];
        if (findings.Count > 0) return Problems.Invalid(findings);

        var counts = body.Events.Select(e => new SeriesDelta(PushedSource.SeriesOf(e.Name), e.At is { } at && at < now ? at.ToUniversalTime() : now, new Tally(e.Bad, e.Good + e.Bad))).ToList();
        var outcome = await store.CountAsync(Hash($"{actor.Name}\n{key}"), Hash(JsonSerializer.Serialize(body, ApiJson.Options)), counts, cancel);
        return outcome == PushOutcome.Different
            ? Problems.Conflict("key_reused", $"push {key}", "This key was used for other counts before.", $"Give every push an {KeyHeader} of its own.")
            : Results.Json(new PushAnswer(body.Events.Sum(e => e.Good + e.Bad), outcome == PushOutcome.Again), ApiJson.Options);
    }

    private static IEnumerable<Finding> Check(PushedCount? count, string path, IReadOnlySet<string> names, DateTimeOffset now)
    {
        if (count is null)
        {
            yield return Error("bad_count", path, "There is null where a count was expected: leave it out.");
            yield break;
        }

        if (!names.Contains(count.Name))
        {
            var known = names.Count == 0 ? "none does" : string.Join(", ", names.Order(StringComparer.Ordinal).Take(20));
            yield return Error("unknown_events", $"{path}.name", $"No objective in force counts events of this name; those that do count: {known}. It is the name in the spec of a metric source of type events.");
        }

        if (count.Good is < 0 or > EventCounts.Most || count.Bad is < 0 or > EventCounts.Most) yield return Error("bad_count", path, string.Create(CultureInfo.InvariantCulture, $"good and bad are 0 to {EventCounts.Most}."));
        else if (count.Good + count.Bad == 0) yield return Error("bad_count", path, "Neither good nor bad events: leave it out. No events are no data, not good ones.");
        if (count.At > now + Ahead) yield return Error("in_the_future", $"{path}.at", $"It is in the future: now it is {now:u}.");
        if (count.At < now - PushStore.MostLate) yield return Error("too_late", $"{path}.at", $"It is too long ago: at most {PushStore.MostLate.TotalDays:0} days are taken.");
    }

    private static Finding Error(string code, string path, string message) => new(FindingSeverity.Error, code, "", path, message, null);

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
