using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Tidegate.Core.Calls;
using Tidegate.Core.Prompts;
using Tidegate.Gateway.Models;
using Tidegate.Models.Prompts;

namespace Tidegate.Gateway.Request;

/// <summary>Tells the caller why there is no answer: <c>application/problem+json</c> (RFC 9457), or <c>grpc-status</c> for gRPC calls.</summary>
internal static class ErrorWriter
{
    /// <summary>Base of problem types.</summary>
    public const string TypeBase = PromptProblem.TypeBase;

    /// <summary>Writes the refusal and its outcome into the record.</summary>
    public static async ValueTask WriteAsync(GatewayCall call, Refusal refusal)
    {
        var record = call.Record;
        record.Outcome = refusal.Outcome;
        record.Error = refusal.Internal ?? refusal.Detail;
        if (refusal.Policy.Length > 0) call.Note($"{refusal.Policy}: {refusal.Code}");

        var response = call.Http.Response;
        if (response.HasStarted) return;
        if (refusal.Outcome == CallOutcome.ClientCancelled)
        {
            call.Http.Abort(); // whoever is there after all must not take our silence for an empty answer
            return;
        }

        var headers = response.Headers;
        response.StatusCode = refusal.Status;
        if (refusal.RetryAfterSeconds > 0) headers.RetryAfter = refusal.RetryAfterSeconds.ToString();
        if (refusal.Challenge is { } challenge) headers.WWWAuthenticate = challenge;
        if (refusal.Allow is { } allow) headers.Allow = allow;
        headers.CacheControl = "no-store";
        if (refusal.ClosesConnection && HttpProtocol.IsHttp11(call.Http.Request.Protocol)) headers.Connection = "close";
        ResponseFinish.Apply(call);

        if (call.IsGrpc) WriteGrpc(call, refusal);
        else if (call.Face is { Prompt: null }) await ModelErrorWriter.WriteAsync(call, refusal);
        else await WriteProblemAsync(call, refusal);
    }

    /// <summary>A fault of ours: 500 if nothing was sent, else the connection is broken so that nobody takes half an answer for a whole one.</summary>
    public static async ValueTask FaultAsync(GatewayCall call)
    {
        if (call.Http.Response.HasStarted)
        {
            call.Http.Abort();
            return;
        }

        call.Http.Response.Clear();
        var error = call.Record.Error;
        await WriteAsync(call, new Refusal(StatusCodes.Status500InternalServerError, CallOutcome.GatewayError, "gateway_error",
            "The gateway failed on this call. Its operator finds it in the log by the call id.")
        { Internal = error });
    }

    /// <summary>Ends a gRPC answer that has begun with a status of ours, in its trailers.</summary>
    public static void EndGrpc(GatewayCall call, Refusal refusal)
    {
        var response = call.Http.Response;
        call.Record.GrpcStatus = GrpcStatus(refusal.Status);
        response.AppendTrailer("grpc-status", call.Record.GrpcStatus.ToString());
        response.AppendTrailer("grpc-message", GrpcMessage(call, refusal));
    }

    private static async ValueTask WriteProblemAsync(GatewayCall call, Refusal refusal)
    {
        var response = call.Http.Response;
        response.ContentType = "application/problem+json";
        if (string.Equals(call.Http.Request.Method, HttpMethods.Head, StringComparison.Ordinal)) return; // "head" is another method to the server, which waits for the body then
        using (var json = new Utf8JsonWriter(response.BodyWriter))
        {
            json.WriteStartObject();
            json.WriteString("type"u8, TypeBase + refusal.Code);
            json.WriteString("title"u8, refusal.Code);
            json.WriteNumber("status"u8, refusal.Status);
            json.WriteString("detail"u8, refusal.Detail);
            if (refusal.Policy.Length > 0) json.WriteString("policy"u8, refusal.Policy);
            json.WriteString("callId"u8, call.IdText);
            if (refusal.Errors.Count > 0) WriteErrors(refusal.Errors, json);
            json.WriteEndObject();
            json.Flush();
            call.Record.ResponseBytes = json.BytesCommitted;
        }

        await response.BodyWriter.FlushAsync(call.Http.RequestAborted);
    }

    private static void WriteErrors(IReadOnlyList<VariableProblem> errors, Utf8JsonWriter json)
    {
        json.WriteStartArray("errors"u8);
        foreach (var error in errors)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, error.Name);
            json.WriteString("code"u8, error.Code);
            json.WriteString("detail"u8, error.Message);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    // gRPC over HTTP/2: a "trailers-only" answer carries status and message in the headers (grpc/doc/PROTOCOL-HTTP2.md).
    private static void WriteGrpc(GatewayCall call, Refusal refusal)
    {
        var response = call.Http.Response;
        response.StatusCode = StatusCodes.Status200OK;
        response.ContentType = "application/grpc";
        var status = GrpcStatus(refusal.Status);
        call.Record.GrpcStatus = status;
        response.Headers["grpc-status"] = status.ToString();
        response.Headers["grpc-message"] = GrpcMessage(call, refusal);
    }

    private static string GrpcMessage(GatewayCall call, Refusal refusal) => Uri.EscapeDataString($"{refusal.Detail} (call {call.IdText})");

    // The mapping of grpc/doc/http-grpc-status-mapping.md, and for 504 and 413 the codes gRPC libraries give for a passed deadline and a message too large.
    private static int GrpcStatus(int status) => status switch
    {
        400 or 431 => 13,
        401 => 16,
        403 => 7,
        404 or 405 => 12,
        408 or 504 => 4,
        413 or 429 => 8,
        502 or 503 => 14,
        _ => 13,
    };
}
