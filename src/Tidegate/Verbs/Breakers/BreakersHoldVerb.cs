using System.CommandLine;
using Tidegate.Breakers;
using Tidegate.Cli;
using Tidegate.Core.Ports;
using Tidegate.Platform.Hosting;

namespace Tidegate.Verbs.Breakers;

/// <summary><c>tidegate breakers open</c> and <c>tidegate breakers close</c>.</summary>
internal sealed class BreakersHoldVerb : AdminVerb
{
    private readonly Argument<string> _service = new("service") { Description = "Service, or provider of models" };
    private readonly Argument<string> _destination = new("destination") { Description = "As 'tidegate breakers list' shows it; PROVIDER/MODEL means all keys" };
    private readonly Option<string> _for = new("--for") { Description = "How long it holds: 30m, 2h, at most 7d", HelpName = "duration", Required = true };
    private readonly Option<string> _reason = new("--reason", "-m") { Description = "Why, for whoever finds it", HelpName = "text", Required = true };

    public BreakersHoldVerb(string name, string description)
        : base(name, description)
    {
        Arguments.Add(_service);
        Arguments.Add(_destination);
        Options.Add(_for);
        Options.Add(_reason);
    }

    public override IReadOnlyList<string> Examples => [$"breakers {Name} openai openai/gpt-4o-mini --for 30m -m \"their status page says so\"", $"breakers {Name} orders http://10.0.0.7:8080/ --for 10m -m \"disk is changed\""];

    public override async Task<int> RunAsync(VerbContext context)
    {
        var request = new HoldRequest
        {
            Service = context.Get(_service)!, Destination = context.Get(_destination)!, Position = Name == "open" ? "open" : "closed", For = context.Get(_for)!, Reason = context.Get(_reason)!,
        };
        var held = await context.Admin.SendAsync<HoldRequest, Page<BreakerStatus>>(HttpMethod.Post, "breakers/hold", request, context.Cancel);
        BreakersListVerb.Show(context, held.Items, "");
        return ExitCode.Ok;
    }
}
