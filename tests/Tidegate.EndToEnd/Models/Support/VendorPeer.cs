using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Tidegate.EndToEnd.Models.Support;

/// <summary>
/// A vendor at its documented wire format: it refuses whatever its documentation does not say, and answers in shapes written down from it. The end of a model's name says
/// what goes wrong: <c>m-429</c>, <c>m-slow</c> (streams half and waits for the caller to leave).
/// </summary>
internal abstract class VendorPeer
{
    /// <summary>Its key.</summary>
    public const string Key = "vendor-key";

    private readonly ConcurrentDictionary<string, TaskCompletionSource> _left = new(StringComparer.Ordinal);

    /// <summary>Word of the vendor in documents; name of its provider and its model here.</summary>
    public abstract string Vendor { get; }

    /// <summary>What its address ends with.</summary>
    public virtual string Base => "";

    /// <summary>More lines of the provider's spec.</summary>
    public virtual string Spec => "";

    /// <summary>Its key as the document has it.</summary>
    public virtual string Secret => Key;

    /// <summary>Media type of its streams.</summary>
    protected virtual string StreamType => "text/event-stream";

    /// <summary>What it was asked in words it does not know. Tests end by looking at it.</summary>
    public ConcurrentQueue<string> Problems { get; } = new();

    /// <summary>Completed when the caller of the slow model has left.</summary>
    public Task Left(string model) => Leaving(model).Task;

    /// <summary>Answers one call.</summary>
    public async Task HandleAsync(HttpContext context, string path)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var text = await reader.ReadToEndAsync();
        try
        {
            var body = JsonNode.Parse(text)!.AsObject();
            Require(context.Request.Method == "POST" && context.Request.ContentType == "application/json", "a POST of application/json");
            if (!IsKey(context.Request))
            {
                await ErrorAsync(context, 401);
                return;
            }

            var ask = Read(context, path, body);
            if (int.TryParse(ask.Model[(ask.Model.LastIndexOf('-') + 1)..], out var status)) await ErrorAsync(context, status);
            else if (ask.Embed is { } inputs) await JsonAsync(context, Embeddings(ask, inputs));
            else if (ask.Stream) await StreamAsync(context, ask);
            else await JsonAsync(context, Answer(ask, ask.Reply()));
        }
        catch (Exception e) when (e is WireException or JsonException or InvalidOperationException or NullReferenceException)
        {
            Problems.Enqueue($"{Vendor} {path}: {e.Message}\n{text}");
            context.Response.StatusCode = 400;
            await JsonAsync(context, $$"""{"error":{"message":{{JsonSerializer.Serialize($"emulated {Vendor}: {e.Message}")}}},"message":{{JsonSerializer.Serialize($"emulated {Vendor}: {e.Message}")}}}""");
        }
    }

    /// <summary>True when the request proves who asks, as the vendor wants it.</summary>
    protected virtual bool IsKey(HttpRequest request) => request.Headers.Authorization == $"Bearer {Key}";

    /// <summary>Reads and checks a request.</summary>
    protected abstract VendorAsk Read(HttpContext context, string path, JsonObject body);

    /// <summary>A whole answer.</summary>
    protected abstract string Answer(VendorAsk ask, VendorReply reply);

    /// <summary>The frames of a streamed one.</summary>
    protected abstract IEnumerable<byte[]> Frames(VendorAsk ask, VendorReply reply);

    /// <summary>Vectors, as the vendor answers them.</summary>
    protected virtual string Embeddings(VendorAsk ask, IReadOnlyList<string> inputs) => throw new WireException("there are no embeddings");

    /// <summary>An error of a status.</summary>
    protected abstract string Error(HttpContext context, int status);

    /// <summary>The request must hold this.</summary>
    protected static void Require([DoesNotReturnIf(false)] bool holds, string what)
    {
        if (!holds) throw new WireException($"expected {what}");
    }

    /// <summary>The object must have no other fields than these: the vendor refuses what it does not know.</summary>
    protected static void Only(JsonObject body, params ReadOnlySpan<string> known)
    {
        foreach (var (name, _) in body) Require(known.Contains(name), $"no field '{name}'");
    }

    /// <summary>Server-sent events.</summary>
    protected static byte[] Sse(string data) => Encoding.UTF8.GetBytes($"data: {data}\n\n");

    /// <summary>A JSON string.</summary>
    protected static string Quote(string text) => JsonSerializer.Serialize(text);

    /// <summary>The vector of a text: its length and -1.</summary>
    protected static string Vector(string text) => $"[{text.Length},-1]";

    private static async Task JsonAsync(HttpContext context, string body)
    {
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(body);
    }

    private async Task ErrorAsync(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        var body = Error(context, status);
        await JsonAsync(context, body);
    }

    private async Task StreamAsync(HttpContext context, VendorAsk ask)
    {
        context.Response.ContentType = StreamType;
        var frames = Frames(ask, ask.Reply()).ToList();
        var slow = ask.Model.EndsWith("-slow", StringComparison.Ordinal);
        foreach (var frame in slow ? frames.Take((frames.Count + 1) / 2) : frames)
        {
            await context.Response.Body.WriteAsync(frame, context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
        }

        if (!slow) return;
        try
        {
            await Task.Delay(TimeSpan.FromSeconds(60), context.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            Leaving(ask.Model).TrySetResult();
        }
    }

    private TaskCompletionSource Leaving(string model) => _left.GetOrAdd(model, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
}
