namespace Tidegate.Tests.Gateway.Models.Support;

/// <summary>A streamed answer in the pieces that vendors document, for scripts of <see cref="ChatUpstream.Streams"/>.</summary>
/// <param name="Vendor">Vendor of the provider.</param>
/// <param name="Start">What comes before anything is said.</param>
/// <param name="Text">The words "so far".</param>
/// <param name="Finish">What ends it: usage of 7 and 3 tokens, and why it stops.</param>
/// <param name="Terminator">What follows that; empty where nothing does.</param>
/// <param name="Error">A failure inside the stream: the provider is overloaded.</param>
/// <param name="KeepAlive">What is sent so that nobody takes the connection for dead.</param>
/// <param name="Malformed">An event that is none.</param>
internal sealed record VendorStream(string Vendor, string Start, string Text, string Finish, string Terminator, string Error, string KeepAlive, string Malformed)
{
    private static readonly VendorStream[] All =
    [
        new("openai-compatible", ChatUpstream.Role, ChatUpstream.Content("so far"), ChatUpstream.Stop + ChatUpstream.Usage(7, 3), ChatUpstream.Done, ChatUpstream.Error, ": keep-alive\n\n", "data: {half\n\n"),
        new("anthropic",
            "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"claude\",\"content\":[],\"stop_reason\":null,\"usage\":{\"input_tokens\":7,\"output_tokens\":1}}}\n\n"
            + "event: content_block_start\ndata: {\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}\n\n",
            "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"so far\"}}\n\n",
            "event: content_block_stop\ndata: {\"type\":\"content_block_stop\",\"index\":0}\n\n"
            + "event: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},\"usage\":{\"output_tokens\":3}}\n\n",
            "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n",
            "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}\n\n",
            "event: ping\ndata: {\"type\":\"ping\"}\n\n", "event: content_block_delta\ndata: {\"type\":\"content_block_del\n\n"),
        new("gemini", "data: {\"candidates\":[{\"content\":{\"role\":\"model\",\"parts\":[{\"text\":\"\"}]},\"index\":0}],\"modelVersion\":\"g\"}\r\n\r\n",
            "data: {\"candidates\":[{\"content\":{\"role\":\"model\",\"parts\":[{\"text\":\"so far\"}]},\"index\":0}],\"modelVersion\":\"g\"}\r\n\r\n",
            "data: {\"candidates\":[{\"content\":{\"role\":\"model\",\"parts\":[{\"text\":\"\"}]},\"finishReason\":\"STOP\",\"index\":0}],\"usageMetadata\":{\"promptTokenCount\":7,\"candidatesTokenCount\":3,\"totalTokenCount\":10}}\r\n\r\n",
            "", "data: {\"error\":{\"code\":503,\"message\":\"The model is overloaded.\",\"status\":\"UNAVAILABLE\"}}\r\n\r\n", ": keep-alive\r\n\r\n", "data: {\"candidates\":[{\r\n\r\n"),
        new("ollama", "{\"model\":\"m\",\"message\":{\"role\":\"assistant\",\"content\":\"\"},\"done\":false}\n", "{\"model\":\"m\",\"message\":{\"role\":\"assistant\",\"content\":\"so far\"},\"done\":false}\n",
            "{\"model\":\"m\",\"message\":{\"role\":\"assistant\",\"content\":\"\"},\"done\":true,\"done_reason\":\"stop\",\"prompt_eval_count\":7,\"eval_count\":3}\n",
            "", "{\"error\":\"the model is overloaded\"}\n", "\n", "{\"model\":\"m\",\"mess\n"),
        new("cohere", "event: message-start\ndata: {\"id\":\"co-1\",\"type\":\"message-start\",\"delta\":{\"message\":{\"role\":\"assistant\",\"content\":[]}}}\n\n",
            "event: content-delta\ndata: {\"type\":\"content-delta\",\"index\":0,\"delta\":{\"message\":{\"content\":{\"text\":\"so far\"}}}}\n\n",
            "event: message-end\ndata: {\"type\":\"message-end\",\"delta\":{\"finish_reason\":\"COMPLETE\",\"usage\":{\"tokens\":{\"input_tokens\":7,\"output_tokens\":3}}}}\n\n",
            "", "event: message-end\ndata: {\"type\":\"message-end\",\"delta\":{\"finish_reason\":\"ERROR\"}}\n\n", ": keep-alive\n\n", "event: content-delta\ndata: {\"type\":\n\n"),
    ];

    public static TheoryData<string> Vendors => [.. All.Select(s => s.Vendor)];

    public static VendorStream Of(string vendor) => All.Single(s => s.Vendor == vendor);
}
