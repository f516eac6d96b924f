using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Formats.OpenAi;
using Tidegate.Models.Formats.OpenAiChat;
using Tidegate.Models.Json;

namespace Tidegate.Models.Formats.OpenAiCompletions;

/// <summary>Reads the chunks of a streamed answer.</summary>
internal sealed class OpenAiCompletionsStreamReader : OpenAiChunkReader
{
    private readonly HashSet<int> _finished = [];

    /// <inheritdoc/>
    protected override void ReadChoice(JsonElement choice, int index, ICollection<ChatEvent> events)
    {
        if (choice.Text("text") is { Length: > 0 } text)
            events.Add(new TextDelta(text) { Choice = index, Logprobs = OpenAiCompletionsLogprobs.Read(choice.Field("logprobs")) });
        if (choice.Text("finish_reason") is { Length: > 0 } word && _finished.Add(index))
            events.Add(new Finished(OpenAiChatFinish.Read(word, hasCalls: false, hasRefusal: false)) { Choice = index });
    }
}
