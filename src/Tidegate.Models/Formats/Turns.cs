using Tidegate.Models.Chat;

namespace Tidegate.Models.Formats;

/// <summary>
/// A conversation for formats in which instructions stand apart and turns alternate: instructions are taken out wherever they stood, messages of one role that follow each
/// other are one turn, and messages that say nothing are none.
/// </summary>
internal sealed class Turns
{
    private readonly List<(MessageRole Role, List<(Part Part, string Path)> Parts)> _all = [];

    private Turns()
    {
    }

    /// <summary>The instructions, with the paths they had.</summary>
    public List<(Part Part, string Path)> System { get; } = [];

    /// <summary>All others, with the paths they had.</summary>
    public IReadOnlyList<(MessageRole Role, List<(Part Part, string Path)> Parts)> All => _all;

    /// <summary>The turns of a conversation.</summary>
    /// <param name="messages">The conversation.</param>
    /// <param name="saysAnything">False for parts that the target would refuse and nobody would miss.</param>
    /// <param name="toolsApart">Results of tools are turns of their own; else the user tells them.</param>
    /// <param name="vendor">Whose format it is.</param>
    /// <param name="issues">Names of speakers have no place in it.</param>
    public static Turns Of(IReadOnlyList<Message> messages, Func<Part, bool> saysAnything, bool toolsApart, string vendor, FormatIssues issues)
    {
        var turns = new Turns();
        for (var i = 0; i < messages.Count; i++)
        {
            var message = messages[i];
            if (message.Name is not null) issues.Inexpressible($"messages[{i}].name", $"{vendor} has no names of speakers.");
            var parts = message.Parts.Select((part, at) => (Part: part, Path: $"messages[{i}].parts[{at}]")).Where(p => saysAnything(p.Part)).ToList();
            if (message.Role is MessageRole.System or MessageRole.Developer) turns.System.AddRange(parts);
            else if (parts.Count > 0) turns.Add(message.Role == MessageRole.Assistant || toolsApart ? message.Role : MessageRole.User, parts);
        }

        if (turns._all.Count == 0) issues.Error("messages", $"say nothing: {vendor} wants at least one message with words or media from others than the system.");
        return turns;
    }

    private void Add(MessageRole role, List<(Part Part, string Path)> parts)
    {
        if (_all.Count > 0 && _all[^1].Role == role) _all[^1].Parts.AddRange(parts);
        else _all.Add((role, parts));
    }
}
