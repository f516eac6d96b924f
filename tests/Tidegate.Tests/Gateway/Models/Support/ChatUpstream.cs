using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Tidegate.Tests.Gateway.Support;

namespace Tidegate.Tests.Gateway.Models.Support;

/// <summary>A provider that speaks chat completions and does, call by call, what a test's script says; the last step repeats.</summary>
internal sealed class ChatUpstream : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _bodies = new();
    private readonly ConcurrentQueue<string> _keys = new();
    private readonly ConcurrentQueue<string> _paths = new();
    private TestUpstream _upstream = null!;
    private Func<HttpContext, Task>[] _steps = [];
    private int _next;

    public Uri Address => _upstream.Address;

    /// <summary>Calls received.</summary>
    public int Calls => _bodies.Count;

    /// <summary>Bodies received.</summary>
    public IReadOnlyList<string> Bodies => [.. _bodies];

    /// <summary>Paths asked for.</summary>
    public IReadOnlyList<string> Paths => [.. _paths];

    /// <summary>Keys presented.</summary>
    public IReadOnlyList<string> Keys => [.. _keys];

    /// <summary>To be completed when the caller has seen the first of a stream: opens <see cref="Gate"/>.</summary>
    public TaskCompletionSource Seen { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completed when all was sent that comes before a <see cref="Silence"/>.</summary>
    public TaskCompletionSource Silent { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completed when a caller was seen to leave.</summary>
    public TaskCompletionSource Left { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public static async Task<ChatUpstream> StartAsync(params Func<HttpContext, Task>[] steps)
    {
        var chat = new ChatUpstream { _steps = steps };
        chat._upstream = await TestUpstream.StartAsync(chat.AnswerAsync);
        return chat;
    }

    /// <summary>Answers as asked, streamed or whole, with usage.</summary>
    public static Func<HttpContext, Task> Says(string text, int input = 7, int output = 3) => async context =>
    {
        var asked = JsonNode.Parse((string)context.Items["body"]!)!;
        if (asked["stream"]?.GetValue<bool>() != true)
        {
            await Json(200, $$$"""{"id":"c1","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"{{{text}}}"},"finish_reason":"stop"}],"usage":{"prompt_tokens":{{{input}}},"completion_tokens":{{{output}}},"total_tokens":{{{input + output}}}}}""")(context);
            return;
        }

        var usage = asked["stream_options"]?["include_usage"]?.GetValue<bool>() == true ? Usage(input, output) : "";
        await Streams(Role, Content(text), Stop, usage, Done)(context);
    };

    public const string Role = "data: {\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"},\"finish_reason\":null}]}\n\n";
    public const string Stop = "data: {\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";
    public const string Done = "data: [DONE]\n\n";
    public const string Ping = ": ping\n\n";
    public const string Error = "data: {\"error\":{\"message\":\"overloaded\",\"type\":\"server_error\",\"code\":503}}\n\n";

    /// <summary>A marker for <see cref="Streams"/>: nothing more comes until the caller leaves.</summary>
    public const string Silence = "\u0001";

    /// <summary>A marker for <see cref="Streams"/>: the connection breaks.</summary>
    public const string Cut = "\u0002";

    /// <summary>A marker for <see cref="Streams"/>: what follows comes when the caller has seen what came before.</summary>
    public const string Gate = "\u0003";

    public static string Content(string text) => $"data: {{\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":[{{\"index\":0,\"delta\":{{\"content\":\"{text}\"}},\"finish_reason\":null}}]}}\n\n";

    public static string Usage(int input, int output) => $"data: {{\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":[],\"usage\":{{\"prompt_tokens\":{input},\"completion_tokens\":{output},\"total_tokens\":{input + output}}}}}\n\n";

    /// <summary>A JSON answer.</summary>
    public static Func<HttpContext, Task> Json(int status, string body, params (string Name, string Value)[] headers) => async context =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        foreach (var (name, value) in headers) context.Response.Headers[name] = value;
        await context.Response.WriteAsync(body);
    };

    /// <summary>An error in the vendor's envelope.</summary>
    public static Func<HttpContext, Task> Fails(int status, string? code = null, params (string Name, string Value)[] headers) =>
        Json(status, $$$"""{"error":{"message":"it went wrong","type":"some_error","code":{{{(code is null ? "null" : $"\"{code}\"")}}}}}""", headers);

    /// <summary>Streams pieces, each flushed on its own.</summary>
    public static Func<HttpContext, Task> Streams(params string[] pieces) => async context =>
    {
        context.Response.ContentType = "text/event-stream";
        foreach (var piece in pieces)
        {
            if (piece == Silence)
            {
                ((ChatUpstream)context.Items["upstream"]!).Silent.TrySetResult();
                await Task.Delay(Timeout.Infinite, context.RequestAborted);
            }
            else if (piece == Gate) await ((ChatUpstream)context.Items["upstream"]!).Seen.Task.WaitAsync(context.RequestAborted);
            else if (piece == Cut) context.Abort();
            else
            {
                await context.Response.WriteAsync(piece, context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
            }
        }
    };

    public ValueTask DisposeAsync() => _upstream.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var body = await reader.ReadToEndAsync();
        context.Items["body"] = body;
        context.Items["upstream"] = this;
        _bodies.Enqueue(body);
        _paths.Enqueue(context.Request.Path);
        _keys.Enqueue(context.Request.Headers.Authorization.ToString().Replace("Bearer ", "", StringComparison.Ordinal));
        context.Features.Get<IHttpResponseBodyFeature>()!.DisableBuffering();
        var step = _steps[Math.Min(Interlocked.Increment(ref _next), _steps.Length) - 1];
        try
        {
            await step(context);
        }
        catch (OperationCanceledException)
        {
            Left.TrySetResult();
        }
    }
}
