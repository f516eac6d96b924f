using System.CommandLine;
using Tidegate.Cli;
using Tidegate.Operations.Delivery;

namespace Tidegate.Verbs.Delivery;

/// <summary><c>tidegate canary</c>: one look at a version beside the others.</summary>
internal sealed class CanaryVerb : AdminVerb
{
    private readonly Argument<string> _canary = new("version") { Description = "Version that is judged" };
    private readonly Option<string?> _route = new("--route") { Description = "Calls of this route only", HelpName = "name" };
    private readonly Option<string?> _service = new("--service") { Description = "Calls of this service only", HelpName = "name" };
    private readonly Option<string[]> _baseline = new("--baseline") { Description = "Version it is compared with; again for more [default: all others]", HelpName = "version" };
    private readonly Option<string?> _since = new("--since") { Description = "How far back: 30m [default: 1h]", HelpName = "duration" };
    private readonly Option<int> _minCalls = new("--min-calls") { Description = "Fewest calls of each to pass", HelpName = "n", DefaultValueFactory = _ => new CanaryRequest { Canary = "" }.MinCalls };

    public CanaryVerb()
        : base("canary", "Compare a version with the others, once: failures, answers of 4xx, latency.")
    {
        Arguments.Add(_canary);
        Options.Add(_route);
        Options.Add(_service);
        Options.Add(_baseline);
        Options.Add(_since);
        Options.Add(_minCalls);
    }

    public override IReadOnlyList<string> Examples => ["canary 2.4.0 --route checkout --since 30m"];

    public override async Task<int> RunAsync(VerbContext context)
    {
        var request = new CanaryRequest
        {
            Canary = context.Get(_canary)!, Route = context.Get(_route), Service = context.Get(_service), Baseline = context.Get(_baseline) ?? [], MinCalls = context.Get(_minCalls),
            Since = DeliveryOptions.Length(context, _since) is { } back ? context.Time.GetUtcNow() - back : null,
        };
        var report = await context.Admin.SendAsync<CanaryRequest, CanaryReport>(HttpMethod.Post, "canary", request, context.Cancel);
        context.ShowObject(report, [("verdict", report.Verdict.ToString().ToLowerInvariant()), ("summary", report.Summary), .. report.Tests.Select(t => (t.Name, (string?)$"{t.Verdict.ToString().ToLowerInvariant()}: {t.Text}"))]);
        return report.Verdict switch { CanaryVerdict.Pass => ExitCode.Ok, CanaryVerdict.Fail => ExitCode.Denied, _ => ExitCode.Undecided };
    }
}
