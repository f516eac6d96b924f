using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Tidegate.Benchmarks.Models;

/// <summary>
/// A provider that speaks OpenAI's chat format and answers at once, so that what is measured is the proxy: 320 bytes, or 52 events written one by one when the
/// request asks for a stream. Model <c>hold</c> sends one event and then nothing for two minutes.
/// </summary>
internal static class ModelUpstream
{
    private static readonly byte[] Whole = Encoding.UTF8.GetBytes(
        """{"id":"chatcmpl-7","object":"chat.completion","created":1760000000,"model":"bench","choices":[{"index":0,"message":{"role":"assistant","content":"The tide comes in twice a day, and goes out as often; ships wait for it."},"finish_reason":"stop"}],"usage":{"prompt_tokens":12,"completion_tokens":17,"total_tokens":29}}""");

    private static readonly byte[][] Events =
    [
        Event("""{"role":"assistant","content":""}"""),
        .. Enumerable.Range(0, 49).Select(i => Event($$"""{"content":" word{{i}}"}""")),
        Encoding.UTF8.GetBytes("data: {\"id\":\"chatcmpl-7\",\"object\":\"chat.completion.chunk\",\"created\":1760000000,\"model\":\"bench\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":12,\"completion_tokens\":50,\"total_tokens\":62}}\n\n"),
        "data: [DONE]\n\n"u8.ToArray(),
    ];

    /// <summary>Serves until the process is told to stop.</summary>
    public static Task RunAsync(string address)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        var app = builder.Build();
        app.Urls.Add(address);
        app.MapPost("/{**path}", AnswerAsync);
        app.MapGet("/", static () => "ok");
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
            context.Response.ContentLength = Whole.Length;
            await context.Response.Body.WriteAsync(Whole);
            return;
        }

        context.Response.ContentType = "text/event-stream";
        var hold = asked.Span.IndexOf("\"hold\""u8) >= 0;
        foreach (var one in Events)
        {
            await context.Response.Body.WriteAsync(one);
            await context.Response.Body.FlushAsync();
            if (hold && one == Events[1]) await Task.Delay(TimeSpan.FromMinutes(2), TimeProvider.System, context.RequestAborted);
        }
    }

    private static byte[] Event(string delta) => Encoding.UTF8.GetBytes(
        $"data: {{\"id\":\"chatcmpl-7\",\"object\":\"chat.completion.chunk\",\"created\":1760000000,\"model\":\"bench\",\"choices\":[{{\"index\":0,\"delta\":{delta},\"finish_reason\":null}}]}}\n\n");
}
