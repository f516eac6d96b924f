using System.Text.Json;
using Tidegate.Models.Chat;

namespace Tidegate.Models.Formats;

/// <summary>Reads a whole answer where it is a stream of one frame.</summary>
internal static class WholeAnswer
{
    /// <summary>Throws <see cref="FormatException"/> for JSON that is no answer, and for errors in its place.</summary>
    public static ChatAnswer Read(JsonElement body, Func<JsonElement, ICollection<ChatEvent>, bool> read)
    {
        var events = new List<ChatEvent>();
        if (!read(body, events)) throw new FormatException("The provider's answer is none: it has no message and no reason for having none.");
        var builder = new AnswerBuilder();
        foreach (var next in events) builder.Add(next);
        if (builder.Error is { } error) throw new FormatException($"The provider answered with an error: {error.Message}");
        if (!builder.IsFinished) throw new CutOffException();
        return builder.Build();
    }
}
