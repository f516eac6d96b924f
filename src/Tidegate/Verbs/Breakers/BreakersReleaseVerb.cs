using System.CommandLine;
using Tidegate.Breakers;
using Tidegate.Cli;
using Tidegate.Core.Ports;
using Tidegate.Platform.Hosting;

namespace Tidegate.Verbs.Breakers;

/// <summary><c>tidegate breakers release</c>.</summary>
internal sealed class BreakersReleaseVerb : AdminVerb
{
    private readonly Argument<string> _service = new("service") { Description = "Service, or provider of models" };
    private readonly Argument<string> _destination = new("destination") { Description = "As 'tidegate breakers list' shows it; PROVIDER/MODEL means all keys" };

    public BreakersReleaseVerb()
        : base("release", "Hold a breaker no longer: it goes on from what calls have shown.")
    {
        Arguments.Add(_service);
        Arguments.Add(_destination);
    }

    public override IReadOnlyList<string> Examples => ["breakers release openai openai/gpt-4o-mini"];

    public override async Task<int> RunAsync(VerbContext context)
    {
        var request = new ReleaseRequest(context.Get(_service)!, context.Get(_destination)!);
        var released = await context.Admin.SendAsync<ReleaseRequest, Page<BreakerStatus>>(HttpMethod.Post, "breakers/release", request, context.Cancel);
        BreakersListVerb.Show(context, released.Items, "");
        return ExitCode.Ok;
    }
}
