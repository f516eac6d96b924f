using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http;
using Tidegate.Core.Resources.Reading;
using Tidegate.Insight.Objectives.Replaying;
using Tidegate.Platform.Hosting;

namespace Tidegate.Insight.Objectives.Endpoints;

/// <summary>
/// Replays documents. To who accepts <c>application/x-ndjson</c> it tells how far it is: lines <c>{"progress": ...}</c>, at the end one <c>{"replay": ...}</c> or
/// <c>{"problem": ...}</c>.
/// </summary>
internal static class ReplayEndpoint
{
    private const string Lines = "application/x-ndjson";

    public static async Task<IResult> RunAsync(HttpContext context, ObjectiveReplay replay, ReplayBody body, TimeProvider time, CancellationToken cancel)
    {
        for (var i = 0; i < body.Files.Count; i++)
        {
            // The serializer lets elements of a list be null.
            if ((ReplayBody.FileBody?)body.Files[i] is null) return Problems.BadRequest($"files[{i}]", "A file is null.", "Give {\"name\": ..., \"text\": ...}.");
        }

        var (from, until) = TimeRange.Read(("since", body.Since), ("until", body.Until), time.GetUtcNow(), ObjectiveReplay.MostDays);
        var question = new ReplayQuestion([.. body.Files.Select(f => new SourceText(f.Name, f.Text))], body.Lenient, from, until);
        if (!context.Request.Headers.Accept.Any(a => a?.Contains(Lines, StringComparison.OrdinalIgnoreCase) ?? false))
            return Results.Json(await replay.RunAsync(question, null, cancel), ApiJson.Options);
        await TellAsync(context.Response, replay, question, cancel);
        return Results.Empty;
    }

    private static async Task TellAsync(HttpResponse response, ObjectiveReplay replay, ReplayQuestion question, CancellationToken cancel)
    {
        // The newest is enough: a reader that is slow does not hold up the work.
        var told = Channel.CreateBounded<ReplayProgress>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
        var running = replay.RunAsync(question, p => told.Writer.TryWrite(p), cancel);
        _ = running.ContinueWith(static (_, writer) => ((ChannelWriter<ReplayProgress>)writer!).TryComplete(), told.Writer, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        response.ContentType = Lines;
        await foreach (var progress in told.Reader.ReadAllAsync(cancel)) await WriteAsync(response, new { progress }, cancel);
        try
        {
            await WriteAsync(response, new { replay = await running }, cancel);
        }
        catch (ProblemException refused)
        {
            await WriteAsync(response, new { problem = refused.Problem }, cancel);
        }
    }

    private static async Task WriteAsync<T>(HttpResponse response, T line, CancellationToken cancel)
    {
        await response.WriteAsync(JsonSerializer.Serialize(line, ApiJson.Options) + "\n", cancel);
        await response.Body.FlushAsync(cancel);
    }
}
