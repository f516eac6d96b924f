using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Formats;
using Tidegate.Models.Json;
using Tidegate.Models.Streaming;

namespace Tidegate.Models.Prompts;

/// <summary>Reads what <see cref="PromptStreamWriter"/> wrote: for those who look on at what callers are sent.</summary>
internal sealed class PromptStreamReader : IStreamReader
{
    /// <inheritdoc/>
    public bool Read(in StreamFrame frame, ICollection<ChatEvent> events)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(frame.Data, new JsonDocumentOptions { MaxDepth = 128 });
        }
        catch (JsonException)
        {
            return false;
        }

        using (document)
        {
            var root = document.RootElement;
            switch (frame.Event)
            {
                case "delta" when root.Text("text") is { Length: > 0 } text:
                    events.Add(new TextDelta(text));
                    break;
                case "done":
                    var usage = root.Field("usage");
                    if (usage.ValueKind == JsonValueKind.Object) events.Add(new Used(new Usage { Input = usage.Whole("inputTokens") ?? 0, CachedInput = usage.Whole("cachedInputTokens") ?? 0, Output = usage.Whole("outputTokens") ?? 0, Reasoning = usage.Whole("reasoningTokens") ?? 0 }));
                    events.Add(new Finished(new Finish(PromptAnswer.Reason(root.Text("finishReason")))));
                    break;
                case "error":
                    events.Add(new Failed(new ModelError(ModelErrorKind.Server, 0, root.Text("detail") ?? "")));
                    break;
            }
        }

        return true;
    }
}
