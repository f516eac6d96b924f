using System.Text.Json.Nodes;
using Tidegate.Cli;
using Tidegate.Core.Resources.Shapes;
using Tidegate.Platform.ConfigStore;

namespace Tidegate.Verbs.Prompts;

/// <summary>
/// A prompt as its newest revision has it, overlays left out, and another version of it to be released: an ordinary apply of the one object, made from that revision
/// and refused when somebody was faster.
/// </summary>
internal sealed class PromptRelease
{
    private readonly VerbContext _context;
    private readonly string _name;
    private readonly JsonObject _prompt;
    private readonly long _revision;

    private PromptRelease(VerbContext context, string name, JsonObject prompt, long revision) => (_context, _name, _prompt, _revision) = (context, name, prompt, revision);

    /// <summary>Version released now.</summary>
    public string Released => ReleasedIn(_prompt);

    /// <summary>All versions.</summary>
    public IReadOnlyList<string> Versions => [.. _prompt["spec"]!["versions"]!.AsArray().Select(v => (string)v!["version"]!)];

    /// <summary>Reads the prompt.</summary>
    public static async Task<PromptRelease> ReadAsync(VerbContext context, string name)
    {
        var newest = await context.Admin.ItemsAsync<Revision>(AdminPath.Of("config/revisions", ("limit", "1")), context.Cancel).FirstOrDefaultAsync(context.Cancel)
            ?? throw new VerbFailure(ExitCode.Failed, "Nothing is configured yet.") { Action = "Make a first revision with 'tidegate apply'." };
        return new PromptRelease(context, name, await InAsync(context, name, newest.Number), newest.Number);
    }

    /// <summary>The version released before the present one, as the history has it; null when there never was another that is still there.</summary>
    /// <param name="most">Most revisions looked at.</param>
    public async Task<string?> BeforeAsync(int most)
    {
        for (var number = _revision - 1; number > 0 && number >= _revision - most; number--)
        {
            JsonObject then;
            try
            {
                then = await InAsync(_context, _name, number);
            }
            catch (VerbFailure missing) when (missing.ExitCode == ExitCode.NotFound)
            {
                return null; // before its time
            }

            if (ReleasedIn(then) != Released && Versions.Contains(ReleasedIn(then), StringComparer.Ordinal)) return ReleasedIn(then);
        }

        return null;
    }

    /// <summary>Releases a version.</summary>
    public async Task<int> ApplyAsync(string version, string? message)
    {
        if (!Versions.Contains(version, StringComparer.Ordinal))
            throw new VerbFailure(ExitCode.Usage, $"The prompt {_name} has no version {version}.{Suggestion.For(version, Versions)}") { Action = $"It has {string.Join(", ", Versions)}." };
        var before = Released;
        _prompt["spec"]!["release"] = version;
        var why = message ?? $"prompt {_name}: release {version} instead of {before}";
        var body = new CandidateArguments.CandidateBody([new("release.json", _prompt.ToJsonString())], Partial: true, AllowEmpty: false, Parent: _revision, why);
        var applied = await _context.Admin.SendAsync<CandidateArguments.CandidateBody, Applied>(HttpMethod.Post, "config/apply", body, _context.Cancel);
        _context.Show(applied, (screen, a) =>
            screen.Profile.Out.Writer.WriteLine(a.Changed ? $"Revision {a.Revision.Number}: the prompt {_name} answers with version {version}; before it was {before}." : $"Nothing to do: version {version} is released already."));
        return ConfigScreens.EndOf(_context, applied);
    }

    private static string ReleasedIn(JsonObject prompt) => (string)prompt["spec"]!["release"]!;

    private static async Task<JsonObject> InAsync(VerbContext context, string name, long revision)
    {
        var answer = await context.Admin.GetAsync<JsonObject>(AdminPath.Of($"config/revisions/{revision}/document", ("kind", "Prompt"), ("name", name)), context.Cancel);
        return answer["objects"]![0]!.DeepClone().AsObject();
    }
}
