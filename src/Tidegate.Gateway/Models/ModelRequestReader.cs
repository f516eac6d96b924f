using System.Buffers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Tidegate.Core.Calls;
using Tidegate.Gateway.Models.Buffers;
using Tidegate.Gateway.Models.Faces;
using Tidegate.Gateway.Models.Prompts;
using Tidegate.Gateway.Models.Responses;
using Tidegate.Gateway.Request;
using Tidegate.Gateway.Request.Forward;
using Tidegate.Models.Formats;

namespace Tidegate.Gateway.Models;

/// <summary>Reads what a caller wants: the face by the path, the body as a whole, the model named in one of them.</summary>
internal sealed class ModelRequestReader(ResponseMemory responses, PromptRequest prompts, BytePool pool)
{
    /// <summary>The call, or null when it was refused.</summary>
    public async ValueTask<ModelCall?> ReadAsync(GatewayCall call)
    {
        if (call.Face is not { } face)
        {
            if (PromptMissing.Refusal(call) is { } missing)
            {
                call.Refuse(missing);
                return null;
            }

            call.Refuse(new Refusal(404, CallOutcome.NoRoute, "no_such_operation", "This path is none of the model APIs served here: /v1/chat/completions, /v1/responses, /v1/messages, /v1beta/models/{model}:generateContent, /api/chat, /v1/embeddings, ..."));
            return null;
        }

        if (!HttpMethods.IsPost(call.Http.Request.Method) || face.Methods != "POST")
        {
            call.Refuse(new Refusal(405, CallOutcome.NoRoute, "method_not_allowed", $"{call.Http.Request.Method} is not a method of this path.") { Allow = face.Methods });
            return null;
        }

        if (call.Http.Request.Headers.ContentEncoding is [{ Length: > 0 } encoding, ..] && !string.Equals(encoding, "identity", StringComparison.OrdinalIgnoreCase))
        {
            call.Refuse(new Refusal(415, CallOutcome.BadRequest, "encoded_body", $"Bodies for models are taken as they are: send it without Content-Encoding ({encoding})."));
            return null;
        }

        if (await BodyAsync(call) is not { } bytes) return null;
        if (face.Prompt is { } prompt)
        {
            try
            {
                return await prompts.ReadAsync(call, prompt, bytes.Memory, pool);
            }
            finally
            {
                bytes.Release(); // what goes on is what it was rendered to
            }
        }

        if (Make(call, face, bytes) is { } model) return model;
        bytes.Release();
        return null;
    }

    private ModelCall? Make(GatewayCall call, Face face, PooledBytes bytes)
    {
        var body = bytes.Memory;
        var scan = face.IsForm ? FormScan.Read(body.Span, call.Http.Request.ContentType) : RequestScan.Read(body.Span);
        if (scan.Problem is { } problem) return Refuse(call, problem);
        if (call.FaceModel is { Length: > 0 } named && NeedsModel(face, scan))
        {
            body = WithModel(body, scan.ModelAt, named);
            scan = RequestScan.Read(body.Span);
        }

        if (responses.Recall(call, body) is not { } whole) return null;
        if (!whole.Equals(body))
        {
            body = whole;
            scan = RequestScan.Read(body.Span);
        }

        if ((call.FaceModel ?? scan.Model ?? OllamaCard.NameIn(face, body)) is not { Length: > 0 } asked) return Refuse(call, "The request names no model: give \"model\" the name of one; GET /v1/models lists them.");
        var context = new AnswerContext(asked, call.IdText, call.Record.StartedAt) { StreamUsage = scan.StreamUsage };
        var model = new ModelCall(face, asked, body, scan, context) { Pool = pool, Bytes = bytes, Wishes = CallerWishes.Read(call.Http.Request, face.Format.Name), ContentType = face.IsForm ? call.Http.Request.ContentType! : "application/json" };
        model.Memory = responses.Begin(call, model); // as the caller said it: guardrails look at it anew each time
        return model;
    }

    // Azure's deployments stand in the path alone; others want the same body with the model in it. Google's never have it there.
    private static bool NeedsModel(Face face, RequestScan scan) => scan is { IsForm: false, Model: null } && face.KeyHeader == FaceTable.AzureKey;

    private static ReadOnlyMemory<byte> WithModel(ReadOnlyMemory<byte> body, (int From, int To) at, string model)
    {
        if (at.To > 0) return (byte[])[.. body.Span[..at.From], .. Encoding.UTF8.GetBytes($"\"{JsonEncodedText.Encode(model)}\""), .. body.Span[at.To..]]; // no name, but something
        var begin = body.Span.IndexOf((byte)'{') + 1;
        var comma = body.Span[begin..].TrimStart(" \t\r\n"u8)[0] == '}' ? "" : ",";
        return (byte[])[.. body.Span[..begin], .. Encoding.UTF8.GetBytes($"\"model\":\"{JsonEncodedText.Encode(model)}\"{comma}"), .. body.Span[begin..]];
    }

    private static ModelCall? Refuse(GatewayCall call, string problem)
    {
        call.Refuse(new Refusal(400, CallOutcome.BadRequest, "bad_request", problem));
        return null;
    }

    // The server's own buffers are given back as the body comes.
    private async ValueTask<PooledBytes?> BodyAsync(GatewayCall call)
    {
        var reader = call.Http.Request.BodyReader;
        var body = new PooledBytes(pool);
        try
        {
            while (true)
            {
                var read = await reader.ReadAsync(call.Http.RequestAborted);
                if (body.Count == 0) body.Expect(Math.Max(call.Http.Request.ContentLength ?? 0, read.Buffer.Length));
                foreach (var segment in read.Buffer) body.Write(segment.Span);
                reader.AdvanceTo(read.Buffer.End);
                if (!read.IsCompleted) continue;
                call.Record.RequestBytes = body.Count;
                return body;
            }
        }
        catch (BadHttpRequestException e) when (!BodyFault.IsCutOff(e))
        {
            call.Refuse(e.StatusCode == StatusCodes.Status413PayloadTooLarge
                ? new Refusal(413, CallOutcome.BadRequest, "body_too_large", "The request body is larger than this route takes.", "maxBodySize")
                : new Refusal(e.StatusCode, CallOutcome.BadRequest, "bad_body", "The request body broke off, came too slowly or is malformed."));
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            call.Refuse(new Refusal(499, CallOutcome.ClientCancelled, "client_cancelled", "The caller went away."));
        }

        body.Release();
        return null;
    }
}
