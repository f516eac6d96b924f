using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Tidegate.Insight.InboundAlerts.Intake;
using Tidegate.Platform.Hosting;

namespace Tidegate.Insight.InboundAlerts.Doors;

/// <summary>What the two doors for alerts in Alertmanager's form have in common: reading them, taking those that can be taken, and saying of the others why not.</summary>
internal static class ToldAlerts
{
    private const int MostFindings = 100;

    // Of another program, so keys we do not know are passed over.
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { AllowDuplicateProperties = false, PropertyNameCaseInsensitive = false, MaxDepth = 16, RespectNullableAnnotations = false };

    /// <summary>The body; a body that is not JSON, or another shape of it, is answered with the place.</summary>
    public static async Task<T> ReadAsync<T>(HttpContext http, CancellationToken cancel)
        where T : class
    {
        try
        {
            return await JsonSerializer.DeserializeAsync<T>(http.Request.Body, Json, cancel) ?? throw new JsonException("null");
        }
        catch (JsonException error)
        {
            throw new BadHttpRequestException("The body is not the JSON that is expected here.", StatusCodes.Status400BadRequest, error);
        }
    }

    /// <summary>Takes alerts and answers.</summary>
    public static async Task<IResult> TakeAsync(
        InboundAlertStore store, InboundAlertCounts counts, string origin, TimeSpan holds, DateTimeOffset now, IReadOnlyList<ToldAlert?> told, string path, CancellationToken cancel)
    {
        if (told.Count > IntakeLimits.MostAlerts)
        {
            counts.Count(origin, InboundAlertResult.Invalid, told.Count);
            return Problems.BadRequest(path, string.Create(CultureInfo.InvariantCulture, $"There are {told.Count} alerts."), $"Send at most {IntakeLimits.MostAlerts} at once.");
        }

        var reader = new AlertReader(origin, holds, now);
        var taken = new List<OutsideAlert>(told.Count);
        for (var i = 0; i < told.Count; i++)
            if (reader.Read(told[i] ?? new ToldAlert(), string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]")) is { } alert) taken.Add(alert);
        counts.Count(origin, InboundAlertResult.Invalid, told.Count - taken.Count);
        var results = taken.Count == 0 ? [] : await store.TakeAsync(taken, cancel);

        if (results.Count(r => r == InboundAlertResult.Full) is > 0 and var full)
        {
            return Problems.Unavailable(
                string.Create(CultureInfo.InvariantCulture, $"{full} of {told.Count} alerts were refused: {IntakeLimits.MostOpen} alerts from outside fire, and no more are taken."), "Send them again when others have ended.");
        }

        if (reader.Findings.Count == 0) return Results.Ok();
        return new ProblemResult(new Problem
        {
            Status = StatusCodes.Status400BadRequest,
            Code = "invalid_alerts",
            Detail = string.Create(CultureInfo.InvariantCulture, $"{told.Count - taken.Count} of {told.Count} alerts were refused; {(taken.Count == 0 ? "nothing was taken" : "the others were taken")}."),
            Findings = [.. reader.Findings.Take(MostFindings)],
            Action = "Correct the alerts that are listed.",
        });
    }
}
