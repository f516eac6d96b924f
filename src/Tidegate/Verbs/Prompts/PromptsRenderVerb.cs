using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tidegate.Cli;
using Tidegate.Prompts;

namespace Tidegate.Verbs.Prompts;

/// <summary><c>tidegate prompts render</c>.</summary>
internal sealed class PromptsRenderVerb : AdminVerb
{
    private readonly Argument<string> _name = PromptArgument.Make();
    private readonly Option<string?> _version = new("--version") { Description = "Version to render; without it the one released", HelpName = "version" };
    private readonly Option<string[]?> _values = new("--var") { Description = "A value, as often as needed: NAME=VALUE; JSON where the variable is no text", HelpName = "name=value" };
    private readonly Option<string?> _file = new("--vars") { Description = "File with a JSON object of values; - for standard input", HelpName = "file" };

    public PromptsRenderVerb()
        : base("render", "Show the messages a prompt would send, with values in place. No model is asked.")
    {
        Arguments.Add(_name);
        Options.Add(_version);
        Options.Add(_values);
        Options.Add(_file);
    }

    public override IReadOnlyList<string> Examples => ["prompts render triage --var ticket='It is broken.'", "prompts render triage --version 2 --vars values.json"];

    public override async Task<int> RunAsync(VerbContext context)
    {
        var path = $"prompts/{AdminPath.Segment(context.Get(_name)!)}";
        var values = await FileAsync(context);
        if (context.Get(_values) is { Length: > 0 } given)
        {
            var prompt = await context.Admin.GetAsync<PromptEntry>(path, context.Cancel);
            var version = prompt.Versions.FirstOrDefault(v => v.Version == (context.Get(_version) ?? prompt.Release));
            foreach (var one in given) Put(values, one, version?.Variables ?? []);
        }

        var rendered = await context.Admin.SendAsync<Body, PromptRendered>(HttpMethod.Post, $"{path}/render", new Body(context.Get(_version), values), context.Cancel);
        context.Show(rendered, (screen, r) =>
        {
            foreach (var message in r.Messages)
            {
                screen.Profile.Out.Writer.WriteLine($"--- {message.Role}");
                screen.Profile.Out.Writer.WriteLine(PlainText.Lines(message.Text, ""));
            }
        });
        context.Say($"Version {rendered.Version}, for the model {rendered.Model}.");
        return ExitCode.Ok;
    }

    private async Task<JsonObject> FileAsync(VerbContext context)
    {
        if (context.Get(_file) is not { } file) return [];
        try
        {
            var text = file == "-" ? await context.Terminal.In.ReadToEndAsync(context.Cancel) : await File.ReadAllTextAsync(file, context.Cancel);
            return JsonNode.Parse(text) as JsonObject ?? throw new VerbFailure(ExitCode.Usage, $"{file} is no JSON object.") { Action = "Write {\"name\": value, ...}." };
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new VerbFailure(ExitCode.Usage, $"Cannot read {file}: {unreadable.Message}");
        }
    }

    private static void Put(JsonObject values, string given, IReadOnlyList<PromptVariableEntry> variables)
    {
        var at = given.IndexOf('=', StringComparison.Ordinal);
        if (at <= 0) throw new VerbFailure(ExitCode.Usage, $"'{given}' gives no value.") { Action = "Write --var NAME=VALUE." };
        var (name, text) = (given[..at], given[(at + 1)..]);
        // Texts are taken as they are; what the prompt wants something else for is JSON, and is refused there when it is not.
        values[name] = variables.FirstOrDefault(v => v.Name == name) is { Type: not ("string" or "enum") } ? Json(text) : JsonValue.Create(text);
    }

    private static JsonNode? Json(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return JsonValue.Create(text);
        }
    }

    private sealed record Body(string? Version, JsonObject Variables);
}
