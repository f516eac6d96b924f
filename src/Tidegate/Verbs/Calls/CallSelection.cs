using System.CommandLine;
using Tidegate.Cli;

namespace Tidegate.Verbs.Calls;

/// <summary>Which calls are meant: the options that all verbs over calls share.</summary>
internal sealed class CallSelection
{
    private readonly Option<string?> _where = new("--where") { Description = "Only calls for which this holds, for example 'status >= 500 and route = \"orders\"'", HelpName = "filter" };
    private readonly Option<string?> _since = new("--since") { Description = "Only calls since then: 15m, 2h, or a time", HelpName = "when" };
    private readonly Option<string?> _until = new("--until") { Description = "Only calls before then: 15m, 2h, or a time", HelpName = "when" };
    private readonly Option<string?> _words = new("--text") { Description = "Only calls with these words in path or error", HelpName = "words" };

    public CallSelection(Verb verb)
    {
        foreach (var option in (Option[])[_where, _since, _until, _words]) verb.Options.Add(option);
    }

    /// <summary>The options that calls to come cannot be chosen by.</summary>
    public IReadOnlyList<Option> Times => [_since, _until];

    /// <summary>Path of a question about the selected calls, with parameters of its own.</summary>
    public string Path(VerbContext context, string path, params ReadOnlySpan<(string Name, string? Value)> own) =>
        AdminPath.Of(path, [("where", context.Get(_where)), ("since", context.Get(_since)), ("until", context.Get(_until)), ("q", context.Get(_words)), .. own]);

    /// <summary>Path of calls to come: they have no time yet.</summary>
    public string PathOfComing(VerbContext context, string path) => AdminPath.Of(path, ("where", context.Get(_where)), ("q", context.Get(_words)));
}
