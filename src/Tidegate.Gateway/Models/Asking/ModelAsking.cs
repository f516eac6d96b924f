using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Tidegate.Core.Calls;
using Tidegate.Core.Ports;
using Tidegate.Core.Resources.Routes;
using Tidegate.Gateway.Models.Faces;
using Tidegate.Gateway.Request;
using Tidegate.Gateway.Request.Identify;
using Tidegate.Gateway.Request.Record;
using Tidegate.Gateway.Snapshot;

namespace Tidegate.Gateway.Models.Asking;

/// <summary>Runs a call of nobody's through the stage of models: over no connection, on a route that is not in the document, and past the end of the pipeline where calls are counted and recorded.</summary>
internal sealed class ModelAsking(ModelStage stage, RecordStage records, IRandomSource random, TimeProvider time) : IModelAsking
{
    private const string Path = "/v1/chat/completions";
    private const int MostAnswer = 1 << 20;

    /// <summary>Name of the route, as guards outside and budgets see it.</summary>
    private const string RouteName = "tidegate-probe";

    private static readonly RouteModel Route = new(RouteName, new RouteConfig { Models = new() }, [])
    {
        Identify = new IdentifyModel(new IdentifyConfig { Anonymous = true }, []), Counters = new CallCounters(RouteName, ""),
    };

    /// <inheritdoc/>
    public async Task<ModelSaid> AskAsync(string model, string prompt, int maxTokens, CancellationToken cancel)
    {
        var call = new GatewayCall { IsProbe = true };
        records.BeginCopy(call);
        using var answer = new MemoryStream();
        try
        {
            Ask(call, model, prompt, maxTokens, answer, cancel);
            await stage.RunAsync(call);
            cancel.ThrowIfCancellationRequested();
            if (call.Refusal is { } refusal) return new ModelSaid("", $"{refusal.Status} {refusal.Code}: {refusal.Detail}");
            if (call.Record.Outcome != CallOutcome.Ok || call.Http.Response.StatusCode != StatusCodes.Status200OK) return new ModelSaid("", $"{call.Record.Outcome.Word()}, status {call.Http.Response.StatusCode}");
            await call.Http.Response.BodyWriter.FlushAsync(cancel);
            return Read(answer);
        }
        finally
        {
            RecordStage.EndCopy(call);
        }
    }

    private void Ask(GatewayCall call, string model, string prompt, int maxTokens, MemoryStream answer, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var body = JsonSerializer.SerializeToUtf8Bytes(new { model, messages = new[] { new { role = "user", content = prompt } }, max_tokens = maxTokens, stream = false });
        call.Record = new CallRecord { Id = CallId.New(now, random), StartedAt = now, Method = "POST", Path = Path, Revision = call.Snapshot.Config.Revision };
        call.Route = Route;
        call.Face = FaceTable.Find(Path, "", out _);
        var http = call.Http;
        (http.Request.Method, http.Request.Path, http.Request.ContentType, http.Request.ContentLength, http.Request.Body) = ("POST", Path, "application/json", body.Length, new MemoryStream(body));
        // What was kept would say nothing of the model, and what a probe hears is kept for nobody.
        http.Request.Headers.CacheControl = "no-cache, no-store";
        http.Response.Body = answer;
        http.RequestAborted = cancel;
    }

    private static ModelSaid Read(MemoryStream answer)
    {
        if (answer.Length > MostAnswer) return new ModelSaid("", "the answer is larger than 1 MiB");
        try
        {
            using var json = JsonDocument.Parse(answer.GetBuffer().AsMemory(0, (int)answer.Length));
            var content = json.RootElement.GetProperty("choices")[0].GetProperty("message").GetProperty("content");
            return new ModelSaid(content.ValueKind == JsonValueKind.String ? content.GetString()! : "", null);
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or IndexOutOfRangeException)
        {
            var text = Encoding.UTF8.GetString(answer.GetBuffer(), 0, (int)Math.Min(answer.Length, 200));
            return new ModelSaid("", $"the answer is not one of a chat: {text}");
        }
    }
}
