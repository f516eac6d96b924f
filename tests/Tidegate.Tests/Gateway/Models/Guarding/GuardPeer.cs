using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Tidegate.Core.Resources.Guardrails;
using Tidegate.Tests.Gateway.Support;

namespace Tidegate.Tests.Gateway.Models.Guarding;

/// <summary>An outside guard that answers, question by question, what a test says; the last answer repeats.</summary>
internal sealed class GuardPeer : IAsyncDisposable
{
    private readonly ConcurrentQueue<(byte[] Body, IHeaderDictionary Headers)> _questions = new();
    private readonly TestUpstream _server;
    private int _next;

    private GuardPeer(TestUpstream server) => _server = server;

    /// <summary>What it was asked.</summary>
    public IReadOnlyList<JsonNode> Questions => [.. _questions.Select(q => JsonNode.Parse(q.Body)!)];

    /// <summary>The same to the byte, with headers.</summary>
    public IReadOnlyList<(byte[] Body, IHeaderDictionary Headers)> Raw => [.. _questions];

    /// <summary>Completed when it was asked.</summary>
    public TaskCompletionSource Asked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completed when who asked has left.</summary>
    public TaskCompletionSource Left { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Uri Address => new(_server.Address, "/check?v=1");

    public static async Task<GuardPeer> StartAsync(params Func<HttpContext, Task>[] answers)
    {
        GuardPeer peer = null!;
        peer = new GuardPeer(await TestUpstream.StartAsync(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            var headers = new HeaderDictionary(context.Request.Headers.ToDictionary(h => h.Key, h => h.Value)) { [":path"] = context.Request.Path + context.Request.QueryString };
            peer._questions.Enqueue((body.ToArray(), headers));
            var answer = answers[Math.Min(Interlocked.Increment(ref peer._next), answers.Length) - 1];
            peer.Asked.TrySetResult();
            try
            {
                await answer(context);
            }
            catch (OperationCanceledException)
            {
                peer.Left.TrySetResult();
            }
        }));
        return peer;
    }

    public static Func<HttpContext, Task> Says(string json, int status = 200) => context =>
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsync(json);
    };

    public static Func<HttpContext, Task> Allows { get; } = Says("""{"decision":"allow"}""");

    public static Func<HttpContext, Task> Blocks(string reason) => Says(new JsonObject { ["decision"] = "block", ["reason"] = reason }.ToJsonString());

    public static Func<HttpContext, Task> Replaces(int index, string text) =>
        Says(new JsonObject { ["decision"] = "replace", ["segments"] = new JsonArray(new JsonObject { ["index"] = index, ["text"] = text }) }.ToJsonString());

    /// <summary>Never says anything.</summary>
    public static Func<HttpContext, Task> Silent { get; } = context => Task.Delay(Timeout.Infinite, context.RequestAborted);

    /// <summary>A guardrail that asks it.</summary>
    public GuardrailConfig Guardrail(Func<WebhookConfig, WebhookConfig>? change = null, params DetectConfig[] detect) => new()
    {
        Webhooks = [(change ?? (h => h))(new WebhookConfig { Name = "policy", Url = Address, Deadline = TimeSpan.FromHours(1) })], Detect = detect,
    };

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
