using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tidegate.Insight.InboundAlerts.Intake;
using Tidegate.Insight.Objectives;
using Tidegate.Platform.Hosting;

namespace Tidegate.Insight.InboundAlerts.Doors;

/// <summary>As much of Alertmanager's API v2 as Prometheus and amtool need to send alerts and to see those that fire.</summary>
internal static class AlertmanagerApi
{
    private const string Origin = "alertmanager";
    private const int MostListed = 10_000;

    public static void Map(IEndpointRouteBuilder root)
    {
        var api = root.MapGroup("/api/v2").WithTags(InboundAlertsModule.Word);
        api.MapPost("/alerts", PostAsync).RequirePermission(InboundAlertsModule.Write).AcceptBasic().WithMetadata(new RequestSizeLimitAttribute(IntakeLimits.Body)).WithName("postAlerts")
            .WithSummary("Alerts of Prometheus and others, as to an Alertmanager (API v2).");
        api.MapGet("/alerts", ListAsync).RequirePermission(ObjectivesModule.Read).AcceptBasic().WithName("getAlerts")
            .WithSummary("Alerts that fire, as an Alertmanager lists them (API v2).");
        var began = root.ServiceProvider.GetRequiredService<TimeProvider>().GetUtcNow();
        api.MapGet("/status", () => Status(began)).RequirePermission(InboundAlertsModule.Write).AcceptBasic().WithName("getAlertmanagerStatus")
            .WithSummary("What clients of an Alertmanager ask first.");
    }

    private static async Task<IResult> PostAsync(InboundAlertStore store, InboundAlertCounts counts, TimeProvider time, HttpContext http, CancellationToken cancel) => await ToldAlerts.TakeAsync(
        store, counts, Origin, IntakeLimits.AlertmanagerHolds, time.GetUtcNow(), await ToldAlerts.ReadAsync<List<ToldAlert?>>(http, cancel), "", cancel);

    private static async Task<IResult> ListAsync(AlertList alerts, string[]? filter, CancellationToken cancel)
    {
        if (filter is { Length: > 0 }) return Problems.BadRequest("filter", "Filters are not known here.", "Leave them out, or use 'tidegate alerts list'.");
        var firing = await alerts.ListAsync(all: false, null, MostListed, cancel);
        return Results.Json(firing.Select(Shown), ApiJson.Options);
    }

    private static object Shown(Alert alert) => new
    {
        labels = alert.Origin == Alert.Own
            ? new Dictionary<string, string>(StringComparer.Ordinal) { ["alertname"] = "TidegateBurn", ["slo"] = alert.Slo, ["objective"] = alert.Objective, ["service"] = alert.Service, ["severity"] = alert.Severity.ToString().ToLowerInvariant(), ["alert"] = alert.Id }
            : alert.Labels,
        annotations = new Dictionary<string, string>(alert.Annotations, StringComparer.Ordinal) { ["summary"] = alert.Summary },
        startsAt = alert.FiredAt,
        updatedAt = alert.FiredAt,
        endsAt = alert.FiredAt.AddYears(1),
        fingerprint = AlertText.Hash(alert.Id)[..16],
        generatorURL = alert.Link ?? "",
        receivers = new[] { new { name = "tidegate" } },
        status = new { state = "active", silencedBy = Array.Empty<string>(), inhibitedBy = Array.Empty<string>() },
    };

    private static IResult Status(DateTimeOffset began) => Results.Json(
        new
        {
            cluster = new { name = "", status = "disabled", peers = Array.Empty<object>() },
            config = new { original = "" },
            uptime = began,
            versionInfo = new { branch = "", buildDate = "", buildUser = "", goVersion = "", revision = "tidegate", version = Assembly.GetEntryAssembly()?.GetName().Version?.ToString(3) ?? "" },
        },
        ApiJson.Options);
}
