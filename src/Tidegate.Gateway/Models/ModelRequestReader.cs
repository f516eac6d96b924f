using System.Buffers;
using Microsoft.AspNetCore.Http;
using Tidegate.Core.Calls;
using Tidegate.Gateway.Models.Faces;
using Tidegate.Gateway.Request;
using Tidegate.Models.Formats;

namespace Tidegate.Gateway.Models;

/// <summary>Reads what a caller wants: the face by the path, the body as a whole, the model named in one of them.</summary>
internal sealed class ModelRequestReader
{
    /// <summary>The call, or null when it was refused.</summary>
    public async ValueTask<ModelCall?> ReadAsync(GatewayCall call)
    {
        if (call.Face is not { } face)
        {
            call.Refuse(new Refusal(404, CallOutcome.NoRoute, "no_such_operation", "This path is none of the model APIs served here: /v1/chat/completions, /v1/responses, /v1/messages, /v1beta/models/{model}:generateContent, /api/chat, /v1/embeddings, ..."));
            return null;
        }

        if (!HttpMethods.IsPost(call.Http.Request.Method))
        {
            call.Refuse(new Refusal(405, CallOutcome.NoRoute, "method_not_allowed", $"{call.Http.Request.Method} is not a method of this path.") { Allow = "POST" });
            return null;
        }

        if (await BodyAsync(call) is not { } body) return null;
        var scan = RequestScan.Read(body.Span);
        if (scan.Problem is { } problem) return Refuse(call, problem);
        if ((call.FaceModel ?? scan.Model) is not { Length: > 0 } asked) return Refuse(call, "The request names no model: give \"model\" the name of one; GET /v1/models lists them.");
        var context = new AnswerContext(asked, call.IdText, call.Record.StartedAt) { StreamUsage = scan.StreamUsage };
        return new ModelCall(face, asked, body, scan, context);
    }

    private static ModelCall? Refuse(GatewayCall call, string problem)
    {
        call.Refuse(new Refusal(400, CallOutcome.BadRequest, "bad_request", problem));
        return null;
    }

    private static async ValueTask<ReadOnlyMemory<byte>?> BodyAsync(GatewayCall call)
    {
        var reader = call.Http.Request.BodyReader;
        try
        {
            while (true)
            {
                var read = await reader.ReadAsync(call.Http.RequestAborted);
                if (!read.IsCompleted)
                {
                    reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
                    continue;
                }

                var body = read.Buffer.ToArray();
                reader.AdvanceTo(read.Buffer.End);
                call.Record.RequestBytes = body.Length;
                return body;
            }
        }
        catch (BadHttpRequestException e)
        {
            call.Refuse(e.StatusCode == StatusCodes.Status413PayloadTooLarge
                ? new Refusal(413, CallOutcome.BadRequest, "body_too_large", "The request body is larger than this route takes.", "maxBodySize")
                : new Refusal(e.StatusCode, CallOutcome.BadRequest, "bad_body", "The request body broke off, came too slowly or is malformed."));
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            call.Refuse(new Refusal(499, CallOutcome.ClientCancelled, "client_cancelled", "The caller went away."));
        }

        return null;
    }
}
