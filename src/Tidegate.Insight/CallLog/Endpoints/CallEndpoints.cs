using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tidegate.Insight.CallLog.Filter;
using Tidegate.Platform.Hosting;

namespace Tidegate.Insight.CallLog.Endpoints;

/// <summary>The API of the call log, but for SQL.</summary>
internal static class CallEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var calls = api.MapGroup("/calls").AddEndpointFilter(CallProblems.Explain);
        calls.MapGet("", ListAsync).RequirePermission(CallLogModule.Read).WithName("listCalls").WithSummary("Calls, newest first.").Produces<CallPage>();
        calls.MapGet("/{id:length(32)}", ShowAsync).RequirePermission(CallLogModule.Read).WithName("showCall").WithSummary("One call with its attempts.").Produces<CallDetail>();
        calls.MapGet("/series", SeriesAsync).RequirePermission(CallLogModule.Read).WithName("seriesOfCalls").WithSummary("Counts, error ratio, percentiles and bytes per step.").Produces<CallSeries>();
        calls.MapGet("/top", TopAsync).RequirePermission(CallLogModule.Read).WithName("topCalls").WithSummary("Values of a dimension with the largest measure.").Produces<Page<CallTopRow>>();
        calls.MapGet("/live", Live).RequirePermission(CallLogModule.Read).WithName("liveCalls").WithSummary("Numbers of the last minutes by route, from memory.").Produces<Page<CallTopRow>>();
        calls.MapGet("/fields", Fields).RequirePermission(CallLogModule.Read).WithName("callFields").WithSummary("What calls can be asked for in filters.").Produces<Page<CallFieldEntry>>();
        calls.MapPost("/sql", SqlAsync).RequirePermission(CallLogModule.Sql).WithName("askCalls").WithSummary("A free question in SQL.").Produces<SqlAnswer>().DisableRequestTimeout();
        calls.MapGet("/tail", TailEndpoint.FollowAsync).RequirePermission(CallLogModule.Read).WithName("tailCalls").WithSummary("Calls as they end, as server-sent events.").DisableRequestTimeout();
    }

    private static async Task<IResult> ListAsync(HttpRequest request, CallStore store, TimeProvider time, CancellationToken cancel)
    {
        var query = new CallParameters(request, time, "limit", "cursor");
        return Answer(await store.ListAsync(new() { From = query.Since, Until = query.Until, Filter = query.Filter, Limit = query.Int("limit", 100), Cursor = query.Text("cursor") }, cancel));
    }

    private static async Task<IResult> ShowAsync(string id, CallStore store, CancellationToken cancel)
    {
        if (!Guid.TryParseExact(id, "N", out var guid)) return Problems.BadRequest("id", $"'{id}' is not the id of a call.", "An id has 32 hex digits; callers get it as X-Tidegate-Call-Id.");
        var detail = await store.FindAsync(guid, cancel);
        return detail is null ? Problems.NotFound($"call {id}", "It may be older than what is kept, or was dropped; see tidegate_call_records_dropped_total.") : Answer(detail);
    }

    private static async Task<IResult> SeriesAsync(HttpRequest request, CallStore store, TimeProvider time, CancellationToken cancel)
    {
        var query = new CallParameters(request, time, "step", "by", "limit");
        var until = query.Until ?? time.GetUtcNow();
        return Answer(await store.SeriesAsync(
            new() { From = query.Since ?? until.AddHours(-1), Until = until, Step = query.Span("step"), Filter = query.Filter, By = query.Text("by"), Limit = query.Int("limit", 10) }, cancel));
    }

    private static async Task<IResult> TopAsync(HttpRequest request, CallStore store, TimeProvider time, CancellationToken cancel)
    {
        var query = new CallParameters(request, time, "by", "measure", "limit");
        var rows = await store.TopAsync(
            new() { From = query.Since, Until = query.Until, Filter = query.Filter, By = query.Text("by") ?? "route", Measure = query.Text("measure") ?? "count", Limit = query.Int("limit", 10) }, cancel);
        return Answer(new Page<CallTopRow>(rows, null));
    }

    private static IResult Live(HttpRequest request, LiveCalls live, TimeProvider time)
    {
        var minutes = new CallParameters(request, time, "minutes").Int("minutes", 5);
        return minutes is >= 1 and <= LiveCalls.Minutes
            ? Answer(new Page<CallTopRow>(live.Read(minutes), null))
            : Problems.BadRequest("minutes", $"{minutes} minutes are not remembered.", $"Legal are 1 to {LiveCalls.Minutes}.");
    }

    private static IResult Fields() =>
        Answer(new Page<CallFieldEntry>([.. CallFields.All.Select(f => new CallFieldEntry(f.Name, f.Column, f.Type, f.Operators, f.IsDimension, f.Description))], null));

    private static async Task<IResult> SqlAsync(SqlRequest question, CallStore store, CancellationToken cancel) =>
        Answer(await store.SqlAsync(question.Read(), cancel));

    private static IResult Answer<T>(T value) => Results.Json(value, ApiJson.Options);
}
