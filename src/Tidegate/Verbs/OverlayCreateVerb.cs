using System.CommandLine;
using System.Text.Json.Nodes;
using System.Text.Json;
using Spectre.Console;
using Tidegate.Cli;
using Tidegate.Platform.ConfigStore;

namespace Tidegate.Verbs;

/// <summary><c>tidegate overlay create</c>.</summary>
internal sealed class OverlayCreateVerb : AdminVerb
{
    private readonly Argument<string> _object = new("object") { Description = "Object to change: Route/orders" };
    private readonly Argument<string> _patch = new("patch") { Description = "JSON merge patch (RFC 7396): '{\"spec\":{...}}'; a key set to null goes back to its default" };
    private readonly Option<string> _for = new("--for") { Description = "How long it holds: 30m, 2h, at most 30d", HelpName = "duration", Required = true };
    private readonly Option<string> _reason = new("--reason", "-m") { Description = "Why, for whoever finds it", HelpName = "text", Required = true };
    private readonly Option<string?> _evidence = new("--evidence") { Description = "What it was decided on", HelpName = "text" };

    public OverlayCreateVerb()
        : base("create", "Lay a change over the configuration; it is gone when its time is over.")
    {
        Arguments.Add(_object);
        Arguments.Add(_patch);
        Options.Add(_for);
        Options.Add(_reason);
        Options.Add(_evidence);
    }

    public override IReadOnlyList<string> Examples => ["overlay create Service/orders '{\"spec\":{\"resilience\":{\"deadline\":\"3s\"}}}' --for 30m -m \"slow database\""];

    public override async Task<int> RunAsync(VerbContext context)
    {
        JsonNode? patch;
        try
        {
            patch = JsonNode.Parse(context.Get(_patch)!);
        }
        catch (JsonException wrong)
        {
            throw new VerbFailure(ExitCode.Usage, $"The patch is not JSON: {wrong.Message.Split(" LineNumber:")[0]}") { Action = "Write it in single quotes, such as '{\"spec\":{\"deadline\":\"1s\"}}'." };
        }

        var request = new OverlayRequest
        {
            Reason = context.Get(_reason)!, Evidence = context.Get(_evidence) ?? "", For = context.Get(_for)!, Patches = new Dictionary<string, JsonNode?>(StringComparer.Ordinal) { [context.Get(_object)!] = patch },
        };
        var overlay = await context.Admin.SendAsync<OverlayRequest, Overlay>(HttpMethod.Post, "config/overlays", request, context.Cancel);
        context.Show(overlay, (screen, o) => screen.WriteLine($"{o.Id} holds until {o.ExpiresAt:yyyy-MM-dd HH:mm:ss'Z'}; take it back with 'tidegate overlay revoke {o.Id}'."));
        return ExitCode.Ok;
    }
}
