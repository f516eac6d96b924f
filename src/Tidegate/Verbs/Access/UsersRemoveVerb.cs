using System.CommandLine;
using Tidegate.Cli;

namespace Tidegate.Verbs.Access;

/// <summary><c>tidegate users remove</c>.</summary>
internal sealed class UsersRemoveVerb : AdminVerb
{
    private readonly Argument<string> _name = new("name") { Description = "The user" };

    public UsersRemoveVerb()
        : base("remove", "Remove a user; their sessions and tokens end at once.") => Arguments.Add(_name);

    public override async Task<int> RunAsync(VerbContext context)
    {
        var name = context.Get(_name)!;
        await context.Admin.DeleteAsync($"users/{AdminPath.Segment(name)}", context.Cancel);
        context.Say($"Removed {name}.");
        return ExitCode.Ok;
    }
}
