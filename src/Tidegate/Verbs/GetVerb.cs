using System.CommandLine;
using System.Text.Json.Nodes;
using Tidegate.Cli;
using Tidegate.Core.Resources;

namespace Tidegate.Verbs;

/// <summary><c>tidegate get</c>.</summary>
internal sealed class GetVerb : AdminVerb
{
    private readonly Argument<string?> _what = new("what") { Description = "A kind (route) or an object (route/orders)", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<long?> _revision = new("--revision") { Description = "Of this revision instead of what is in force, overlays included", HelpName = "number" };

    public GetVerb()
        : base("get", "Show objects of the configuration; -o yaml writes them as files are written.")
    {
        Arguments.Add(_what);
        Options.Add(_revision);
    }

    public override IReadOnlyList<string> Examples => ["get", "get route", "get route/orders -o yaml", "get -o yaml --revision 16 > before.yaml"];

    public override async Task<int> RunAsync(VerbContext context)
    {
        var parts = context.Get(_what)?.Split('/', 2) ?? [];
        var path = AdminPath.Of(
            context.Get(_revision) is { } number ? $"config/revisions/{number}/document" : "config",
            ("kind", parts.ElementAtOrDefault(0)), ("name", parts.ElementAtOrDefault(1)));
        if (context.Output == OutputFormat.Yaml)
        {
            using var answer = await context.Admin.SendAsync(new(HttpMethod.Get, AdminPath.Of(path, ("format", "yaml"))), HttpCompletionOption.ResponseContentRead, context.Cancel);
            context.Terminal.Out.Write(await answer.Content.ReadAsStringAsync(context.Cancel));
            return ExitCode.Ok;
        }

        var config = await context.Admin.GetAsync<JsonObject>(path, context.Cancel);
        var objects = config["objects"]!.AsArray().Select(o => o!.AsObject()).ToList();
        context.ShowList(
            objects,
            parts.Length == 0 ? "Nothing configured yet: see 'tidegate apply'." : $"There is no {parts[0]} in the configuration.",
            new Column<JsonObject>("KIND", o => ResourceKinds.Word((string?)o["apiVersion"] ?? "", (string?)o["kind"] ?? "")),
            new Column<JsonObject>("NAME", o => (string?)o["metadata"]?["name"]),
            new Column<JsonObject>("LABELS", o => string.Join(' ', o["metadata"]?["labels"]?.AsObject().Select(l => $"{l.Key}={(l.Value is JsonArray several ? string.Join(',', several) : l.Value)}") ?? [])));
        return ExitCode.Ok;
    }
}
