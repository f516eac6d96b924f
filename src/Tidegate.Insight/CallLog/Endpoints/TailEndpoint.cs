using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Hosting;
using Tidegate.Platform.Hosting;

namespace Tidegate.Insight.CallLog.Endpoints;

/// <summary>
/// Calls as they end, as server-sent events: <c>call</c> with a call; <c>missed</c> with how many were left out because the client reads too slowly.
/// A comment every 15 s keeps proxies from closing the connection.
/// </summary>
internal static class TailEndpoint
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(15);

    public static async Task<IResult> FollowAsync(HttpContext context, CallTail tail, TimeProvider time, IHostApplicationLifetime process)
    {
        using var watch = tail.Open(new CallParameters(context.Request, time).Filter);
        if (watch is null) return Problems.Unavailable($"{CallTail.MaxWatchers} clients watch calls already.", "End one of them.");
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, process.ApplicationStopping);
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        try
        {
            await context.Response.WriteAsync(": following\n\n", end.Token);
            await context.Response.Body.FlushAsync(end.Token);
            await SendAsync(context.Response, watch, time, end.Token);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The client has seen enough, or the process ends.
        }
        return Results.Empty;
    }

    private static async Task SendAsync(HttpResponse response, CallTailSubscription watch, TimeProvider time, CancellationToken end)
    {
        long told = 0;
        while (true)
        {
            using var quiet = new CancellationTokenSource(Beat, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(quiet.Token, end);
            try
            {
                if (!await watch.WaitAsync(either.Token)) return;
            }
            catch (OperationCanceledException) when (!end.IsCancellationRequested)
            {
                await response.WriteAsync(": still here\n\n", end);
            }
            while (watch.Next() is { } call) await WriteAsync(response, "call", call, end);
            if (watch.Missed is var missed && missed > told)
            {
                await WriteAsync(response, "missed", new { calls = missed - told }, end);
                told = missed;
            }
            await response.Body.FlushAsync(end);
        }
    }

    private static Task WriteAsync<T>(HttpResponse response, string name, T value, CancellationToken end) =>
        response.WriteAsync($"event: {name}\ndata: {JsonSerializer.Serialize(value, ApiJson.Options)}\n\n", end);
}
