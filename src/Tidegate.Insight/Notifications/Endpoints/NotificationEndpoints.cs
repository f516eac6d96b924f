using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tidegate.Core.Ports;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Objectives.NotificationTargets;
using Tidegate.Platform.Audit;
using Tidegate.Platform.Hosting;

namespace Tidegate.Insight.Notifications.Endpoints;

/// <summary>Messages to targets: what was sent, what waits, what was given up; tests.</summary>
internal static class NotificationEndpoints
{
    private const int Most = 1000;
    private static readonly string[] States = ["pending", "sent", "dead", "suppressed"];

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/notifications", ListAsync).RequirePermission(NotificationsModule.Read).WithName("listNotifications")
            .WithSummary("Messages about alerts, newest first: sent, waiting, given up, or kept back with the reason.").Produces<Page<Notification>>();
        api.MapPost("/notifications/test", TestAsync).RequirePermission(NotificationsModule.Send).WithName("testNotification").WithSummary("Send a test to a target.");
        api.MapPost("/notifications/retry", RetryAsync).RequirePermission(NotificationsModule.Send).WithName("retryNotification").WithSummary("Send one again that was given up.");
    }

    private static async Task<IResult> ListAsync(NotificationStore store, string? state, string? target, string? alert, int? limit, CancellationToken cancel)
    {
        if (limit is < 1 or > Most) return Problems.BadRequest("limit", $"The limit {limit} is out of range.", $"Use 1 to {Most}.");
        if (state is not null && !States.Contains(state, StringComparer.Ordinal)) return Problems.BadRequest("state", $"There is no state \"{state}\".", $"Use {string.Join(", ", States)}.");
        return Results.Json(new Page<Notification>(await store.ListAsync(state, target, alert, limit ?? 100, cancel), null), ApiJson.Options);
    }

    private static async Task<IResult> TestAsync(NotificationStore store, IConfigSource config, TestRequest body, Actor author, CancellationToken cancel)
    {
        var document = config.Current?.Document ?? ConfigDocument.Empty;
        if (document.Find($"NotificationTarget/{body.Target}") is not Resource<NotificationTargetConfig>)
            return Problems.NotFound($"NotificationTarget/{body.Target}", $"The configuration has {string.Join(", ", document.OfKind<NotificationTargetConfig>().Select(t => t.Metadata.Name).DefaultIfEmpty("none"))}.");
        return Results.Json(new { Id = await store.TestAsync(body.Target, author, cancel) }, ApiJson.Options, statusCode: StatusCodes.Status202Accepted);
    }

    private static async Task<IResult> RetryAsync(NotificationStore store, RetryRequest body, Actor author, CancellationToken cancel) =>
        await store.RetryAsync(body.Id, author, cancel) ? Results.Accepted() : Problems.NotFound($"notification {body.Id} that was given up", "'tidegate notifications list --state dead' shows them.");

    /// <summary>Whom to send a test to.</summary>
    internal sealed record TestRequest(string Target);

    /// <summary>What to send again.</summary>
    internal sealed record RetryRequest(string Id);
}
