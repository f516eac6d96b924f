using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Unicode;
using Tidegate.Core.Calls;
using Tidegate.Core.Prompts;
using Tidegate.Gateway.Models.Buffers;
using Tidegate.Gateway.Models.Faces;
using Tidegate.Gateway.Request;
using Tidegate.Models.Formats;

namespace Tidegate.Gateway.Models.Prompts;

/// <summary>Makes a call of a model of a call of a prompt: values are checked and put in place, and what comes of it is a chat request like any other.</summary>
internal sealed class PromptRequest(TimeProvider time)
{
    private static readonly ReadOnlyMemory<byte> Empty = "{}"u8.ToArray();
    private static readonly JsonDocumentOptions Limits = new() { MaxDepth = 128 };

    /// <summary>The call, or null when it was refused.</summary>
    public async ValueTask<ModelCall?> ReadAsync(GatewayCall call, PromptVersionModel version, ReadOnlyMemory<byte> body, BytePool pool)
    {
        if (!MayUse(call, version)) return null;
        using var document = Parse(body, out var problem);
        if (document is null)
        {
            call.Refuse(new Refusal(400, CallOutcome.BadRequest, "bad_request", $"{problem} Send the variables as a JSON object."));
            return null;
        }

        var (stream, wrong) = Stream(call, document.RootElement);
        var rendering = await version.Program.RenderAsync(document.RootElement, time);
        IReadOnlyList<VariableProblem> problems = wrong is null ? rendering.Problems : [wrong, .. rendering.Problems];
        if (problems.Count > 0)
        {
            call.Refuse(Refusal(problems));
            return null;
        }

        var request = PromptBody.Write(version.Config, rendering.Messages, stream);
        var scan = RequestScan.Read(request.Span);
        return new ModelCall(version.Face, version.Config.Model, request, scan, new AnswerContext(version.Config.Model, call.IdText, call.Record.StartedAt) { StreamUsage = true }) { Pool = pool };
    }

    /// <summary>True for callers the prompt is for; else the call is refused.</summary>
    public static bool MayUse(GatewayCall call, PromptVersionModel version)
    {
        var allowed = version.Owner.Consumers;
        return allowed.Count == 0 || allowed.Contains(call.Caller.Consumer, StringComparer.Ordinal)
            || call.Refuse(new Refusal(403, CallOutcome.Forbidden, "prompt_not_allowed", $"Your key may not use the prompt '{version.Format.Prompt}'.", $"prompt:{version.Format.Prompt}"));
    }

    // No body is one without variables.
    private static JsonDocument? Parse(ReadOnlyMemory<byte> body, out string problem)
    {
        problem = "The body is not valid UTF-8.";
        if (!Utf8.IsValid(body.Span)) return null;
        try
        {
            return JsonDocument.Parse(body.Length == 0 ? Empty : body, Limits);
        }
        catch (JsonException e)
        {
            problem = $"The body is not valid JSON: {e.Message.Split(" LineNumber:", 2)[0]}";
            return null;
        }
    }

    private static (bool Stream, VariableProblem? Problem) Stream(GatewayCall call, JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object) return (false, null); // told with the variables
        foreach (var property in body.EnumerateObject())
        {
            // Names as they are written: some, with half a surrogate pair, are no text.
            if (!JsonMarshal.GetRawUtf8PropertyName(property).SequenceEqual("stream"u8) || property.Value.ValueKind == JsonValueKind.Null) continue;
            var wish = property.Value;
            return wish.ValueKind is JsonValueKind.True or JsonValueKind.False
                ? (wish.ValueKind == JsonValueKind.True, null)
                : (false, new VariableProblem(PromptProgram.StreamKey, "wrong_value", "Expected true or false: whether the answer is streamed."));
        }

        return (call.Http.Request.Headers.Accept.ToString().Contains("text/event-stream", StringComparison.OrdinalIgnoreCase), null);
    }

    // Names only for the operator: values are the caller's.
    private static Refusal Refusal(IReadOnlyList<VariableProblem> problems) =>
        new(400, CallOutcome.BadRequest, "invalid_variables", problems.Count == 1 ? Told(problems[0]) : $"{problems.Count} things are wrong with the variables.")
        {
            Errors = problems,
            Internal = $"wrong variables: {string.Join(", ", problems.Select(p => p.Name.Length == 0 ? p.Code : p.Name))}",
        };

    private static string Told(VariableProblem problem) => problem.Name.Length == 0 ? problem.Message : $"{problem.Name}: {problem.Message}";
}
