using System.Buffers;
using System.Text;
using System.Text.Json;
using Tidegate.Core.Resources.Guardrails;
using Tidegate.Models.Guardrails;

namespace Tidegate.Gateway.Models.Guarding.Webhooks;

/// <summary>What an outside guard is asked.</summary>
/// <param name="Hook">The guard, its secrets resolved.</param>
/// <param name="Guardrail">Name of the guardrail it belongs to.</param>
/// <param name="CallId">Id of the call, as the caller is told it.</param>
/// <param name="Route">Name of the route.</param>
/// <param name="Model">Model as the caller named it.</param>
/// <param name="Consumer">Name of the consumer; empty for an anonymous caller.</param>
/// <param name="IsAnswer">It is about an answer; else about a request.</param>
internal sealed record WebhookQuestion(WebhookConfig Hook, string Guardrail, string CallId, string Route, string Model, string Consumer, bool IsAnswer)
{
    /// <summary><c>request</c> or <c>answer</c>.</summary>
    public string Direction => IsAnswer ? "answer" : "request";

    /// <summary>The question about texts, as JSON.</summary>
    public ReadOnlyMemory<byte> Write(IReadOnlyList<TextSegment> segments)
    {
        var output = new ArrayBufferWriter<byte>(1024);
        using var json = new Utf8JsonWriter(output);
        json.WriteStartObject();
        json.WriteString("callId"u8, CallId);
        json.WriteString("route"u8, Route);
        json.WriteString("model"u8, Encoding.UTF8.GetBytes(Model));
        json.WriteString("consumer"u8, Consumer);
        json.WriteString("guardrail"u8, Guardrail);
        json.WriteString("webhook"u8, Hook.Name);
        json.WriteString("direction"u8, Direction);
        json.WriteStartArray("segments"u8);
        foreach (var segment in segments)
        {
            json.WriteStartObject();
            json.WriteString("kind"u8, segment.Kind);
            json.WriteString("text"u8, Encoding.UTF8.GetBytes(segment.Text)); // half a character becomes a whole one that says so
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return output.WrittenMemory;
    }
}
