using System.CommandLine;
using Tidegate.Cli;

namespace Tidegate.Verbs.Delivery;

/// <summary><c>tidegate freeze end</c>.</summary>
internal sealed class FreezeEndVerb : AdminVerb
{
    private readonly Argument<string> _id = new("id") { Description = "Id of the freeze, as 'tidegate freeze list' shows it" };

    public FreezeEndVerb()
        : base("end", "End a freeze.") => Arguments.Add(_id);

    public override async Task<int> RunAsync(VerbContext context)
    {
        await context.Admin.DeleteAsync($"freezes/{AdminPath.Segment(context.Get(_id)!)}", context.Cancel);
        context.Say($"{context.Get(_id)} has ended.");
        return ExitCode.Ok;
    }
}
