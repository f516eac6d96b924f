using System.Text;

namespace Tidegate.Benchmarks.InMemory;

/// <summary>Answers in OpenAI's chat format.</summary>
internal static class ChatAnswers
{
    /// <summary>An answer of 320 bytes.</summary>
    public static byte[] Whole { get; } = Encoding.UTF8.GetBytes(
        """{"id":"chatcmpl-7","object":"chat.completion","created":1760000000,"model":"bench","choices":[{"index":0,"message":{"role":"assistant","content":"The tide comes in twice a day, and goes out as often; ships wait for it."},"finish_reason":"stop"}],"usage":{"prompt_tokens":12,"completion_tokens":17,"total_tokens":29}}""");

    /// <summary>A stream of 52 events.</summary>
    public static byte[][] Events { get; } =
    [
        Event("""{"role":"assistant","content":""}"""),
        .. Enumerable.Range(0, 49).Select(i => Event($$"""{"content":" word{{i}}"}""")),
        Encoding.UTF8.GetBytes("data: {\"id\":\"chatcmpl-7\",\"object\":\"chat.completion.chunk\",\"created\":1760000000,\"model\":\"bench\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":12,\"completion_tokens\":50,\"total_tokens\":62}}\n\n"),
        "data: [DONE]\n\n"u8.ToArray(),
    ];

    private static byte[] Event(string delta) => Encoding.UTF8.GetBytes(
        $"data: {{\"id\":\"chatcmpl-7\",\"object\":\"chat.completion.chunk\",\"created\":1760000000,\"model\":\"bench\",\"choices\":[{{\"index\":0,\"delta\":{delta},\"finish_reason\":null}}]}}\n\n");
}
