using System.CommandLine;
using Tidegate.Cli;
using Tidegate.Operations.Delivery;

namespace Tidegate.Verbs.Delivery;

/// <summary><c>tidegate release finish</c>.</summary>
internal sealed class ReleaseFinishVerb : AdminVerb
{
    private static readonly Dictionary<string, ReleaseState> Results = new(StringComparer.Ordinal)
    {
        ["succeeded"] = ReleaseState.Succeeded, ["failed"] = ReleaseState.Failed, ["rolled_back"] = ReleaseState.RolledBack,
    };

    private readonly Argument<string> _id = new("id") { Description = "Id of the release, as 'release start' gave it" };
    private readonly Option<string> _result = new("--result") { Description = "How it ended", HelpName = "succeeded|failed|rolled_back", Required = true };
    private readonly Option<string?> _message = new("--message", "-m") { Description = "How it went", HelpName = "text" };

    public ReleaseFinishVerb()
        : base("finish", "Tell that a release has ended.")
    {
        Arguments.Add(_id);
        Options.Add(_result);
        Options.Add(_message);
    }

    public override IReadOnlyList<string> Examples => ["release finish r_0123456789abcdef --result succeeded"];

    public override async Task<int> RunAsync(VerbContext context)
    {
        if (!Results.TryGetValue(context.Get(_result)!, out var result)) throw new VerbFailure(ExitCode.Usage, $"--result: '{context.Get(_result)}' is not one of {string.Join(", ", Results.Keys)}.");
        var release = await context.Admin.SendAsync<ReleaseFinish, Release>(
            HttpMethod.Post, $"releases/{AdminPath.Segment(context.Get(_id)!)}/finish", new ReleaseFinish { Result = result, Message = context.Get(_message) ?? "" }, context.Cancel);
        context.Show(release, (screen, r) => screen.Profile.Out.Writer.WriteLine($"{r.Service} {r.Version}: {context.Get(_result)}."));
        return ExitCode.Ok;
    }
}
