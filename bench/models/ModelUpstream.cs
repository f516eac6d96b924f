using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Tidegate.Benchmarks.InMemory;

namespace Tidegate.Benchmarks.Models;

/// <summary>
/// A provider that speaks OpenAI's chat format and answers at once, so that what is measured is the proxy: 320 bytes, or 52 events written one by one when the
/// request asks for a stream. Model <c>paced</c> waits 20 ms after each event that says something; <c>hold</c> sends one and then nothing for two minutes, and notes when it is let go:
/// <c>GET /left</c> tells these times and forgets them.
/// </summary>
internal static class ModelUpstream
{
    private static readonly ConcurrentQueue<long> Left = new();

    /// <summary>Serves until the process is told to stop.</summary>
    public static Task RunAsync(string address)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        var app = builder.Build();
        app.Urls.Add(address);
        app.MapPost("/{**path}", AnswerAsync);
        app.MapGet("/", static () => "ok");
        app.MapGet("/left", static () =>
        {
            var times = Left.ToArray();
            Left.Clear();
            return string.Join('\n', times);
        });
        return app.RunAsync();
    }

    private static async Task AnswerAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var asked = body.GetBuffer().AsMemory(0, (int)body.Length);
        if (asked.Span.IndexOf("\"stream\":true"u8) < 0)
        {
            context.Response.ContentType = "application/json";
            context.Response.ContentLength = ChatAnswers.Whole.Length;
            await context.Response.Body.WriteAsync(ChatAnswers.Whole);
            return;
        }

        context.Response.ContentType = "text/event-stream";
        var hold = asked.Span.IndexOf("\"hold\""u8) >= 0;
        var paced = asked.Span.IndexOf("\"paced\""u8) >= 0;
        if (hold) context.RequestAborted.UnsafeRegister(static _ => Left.Enqueue(Stopwatch.GetTimestamp()), null); // the clock of all processes of the machine
        foreach (var one in ChatAnswers.Events)
        {
            await context.Response.Body.WriteAsync(one);
            await context.Response.Body.FlushAsync();
            if (hold && one == ChatAnswers.Events[1]) await Task.Delay(TimeSpan.FromMinutes(2), TimeProvider.System, context.RequestAborted);
            if (paced && one != ChatAnswers.Events[0]) await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, context.RequestAborted);
        }
    }
}
