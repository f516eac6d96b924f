using System.CommandLine;
using Tidegate.Cli;
using Tidegate.Operations.Delivery;

namespace Tidegate.Verbs.Delivery;

/// <summary><c>tidegate release start</c>.</summary>
internal sealed class ReleaseStartVerb : AdminVerb
{
    private readonly Option<string> _service = DeliveryOptions.Service();
    private readonly Option<string> _version = new("--version") { Description = "What is released", HelpName = "version", Required = true };
    private readonly Option<string?> _change = DeliveryOptions.Change();
    private readonly Option<string?> _commit = new("--commit") { Description = "Commit that was built", HelpName = "hash" };
    private readonly Option<string?> _url = new("--url") { Description = "Where more is written about it", HelpName = "url" };
    private readonly Option<string?> _message = new("--message", "-m") { Description = "What it brings", HelpName = "text" };

    public ReleaseStartVerb()
        : base("start", "Tell that a release begins; its id is the answer.")
    {
        Options.Add(_service);
        Options.Add(_version);
        Options.Add(_change);
        Options.Add(_commit);
        Options.Add(_url);
        Options.Add(_message);
    }

    public override IReadOnlyList<string> Examples => ["release start --service checkout --version 2.4.0 --change CHG-1042 --commit 3f2a9c1"];

    public override async Task<int> RunAsync(VerbContext context)
    {
        Uri? url = null;
        if (context.Get(_url) is { } text && !Uri.TryCreate(text, UriKind.Absolute, out url)) throw new VerbFailure(ExitCode.Usage, $"--url: \"{text}\" is not an address.");
        var request = new ReleaseRequest
        {
            Service = context.Get(_service)!, Version = context.Get(_version)!, Change = context.Get(_change) ?? "", Commit = context.Get(_commit) ?? "", Url = url, Message = context.Get(_message) ?? "",
        };
        var release = await context.Admin.SendAsync<ReleaseRequest, Release>(HttpMethod.Post, "releases", request, context.Cancel);
        // The id alone, so that a script can keep it: ID=$(tidegate release start ...).
        context.Show(release, (screen, r) => screen.Profile.Out.Writer.WriteLine(r.Id));
        context.Say($"{release.Service} {release.Version} is being released; end it with 'tidegate release finish {release.Id} --result succeeded'.");
        return ExitCode.Ok;
    }
}
