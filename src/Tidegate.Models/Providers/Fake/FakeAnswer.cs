using Tidegate.Models.Chat;

namespace Tidegate.Models.Providers.Fake;

/// <summary>What a fake model says, token by token: a token is a word with the space before it.</summary>
internal static class FakeAnswer
{
    private static readonly string[] Words = "the tide comes in and goes out and every boat in the harbour rises and falls with it".Split(' ');

    public static long InputTokens(ChatRequest request) =>
        request.Messages.Sum(m => m.Parts.OfType<TextPart>().Sum(p => (long)p.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length));

    /// <summary>The answer's parts in pieces: one event a token.</summary>
    public static IReadOnlyList<ChatEvent> Deltas(FakeScript script, ChatRequest request)
    {
        if (script.Says == "tool" && request.Tools.Count > 0) return [new ToolCallStarted(0, "call_fake_0", request.Tools[0].Name), new ToolArgumentsDelta(0, "{}")];
        var words = script.Says == "lorem"
            ? Enumerable.Range(0, script.Tokens).Select(i => Words[i % Words.Length])
            : LastSaid(request).Split(' ');
        var pieces = words.Select((word, i) => i == 0 ? word : " " + word).Where(piece => piece.Length > 0);
        return [.. pieces.Take(request.MaxTokens ?? int.MaxValue).Select(piece => new TextDelta(piece))];
    }

    public static Finish FinishOf(FakeScript script, ChatRequest request, IReadOnlyList<ChatEvent> deltas) => new((script.Finish, deltas is [ToolCallStarted, ..]) switch
    {
        ("filter", _) => FinishReason.ContentFilter,
        ("length", _) => FinishReason.Length,
        (_, true) => FinishReason.ToolCalls,
        _ => deltas.Count == request.MaxTokens ? FinishReason.Length : FinishReason.Stop,
    });

    private static string LastSaid(ChatRequest request) =>
        string.Join('\n', request.Messages.LastOrDefault(m => m.Role == MessageRole.User)?.Parts.OfType<TextPart>().Select(p => p.Text) ?? []);
}
