using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tidegate.Platform.Hosting;

namespace Tidegate.Platform.Events.Endpoints;

/// <summary>What happened, newest first.</summary>
internal static class EventEndpoints
{
    private const int MostPerPage = 500;

    public static void Map(IEndpointRouteBuilder api) => api.MapGet("/events", ListAsync).RequirePermission(EventsModule.Read).WithName("listEvents")
        .WithSummary("What happened, newest first, as CloudEvents.").Produces<Page<Event>>();

    private static async Task<IResult> ListAsync(EventLog log, string? type, string? subject, DateTimeOffset? from, DateTimeOffset? to, string? cursor, int? limit, CancellationToken cancel)
    {
        long? below = null;
        if (cursor is not null)
        {
            if (!long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return Problems.BadRequest("cursor", "The cursor is not one this list gave.");
            below = number;
        }

        if (limit is < 1 or > MostPerPage) return Problems.BadRequest("limit", $"The limit {limit} is out of range.", $"Use 1 to {MostPerPage}.");
        var size = limit ?? 50;
        var events = await log.ListAsync(new EventQuery { Type = type, Subject = subject, From = from, To = to, Below = below, Limit = size + 1 }, cancel);
        var page = events.Count > size ? events.Take(size).ToList() : events;
        return Results.Json(new Page<Event>(page, events.Count > size ? page[^1].Sequence.ToString(CultureInfo.InvariantCulture) : null), ApiJson.Options);
    }
}
