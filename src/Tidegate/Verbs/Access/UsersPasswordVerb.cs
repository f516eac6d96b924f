using System.CommandLine;
using Tidegate.Cli;
using Tidegate.Platform.Security;

namespace Tidegate.Verbs.Access;

/// <summary><c>tidegate users password</c>.</summary>
internal sealed class UsersPasswordVerb : AdminVerb
{
    private readonly Argument<string> _name = new("name") { Description = "The user" };
    private readonly Option<bool> _ask = new("--ask-password") { Description = "Type the password (or pipe it in) instead of getting a random one" };

    public UsersPasswordVerb()
        : base("password", "Set a user's password and end their sessions.")
    {
        Arguments.Add(_name);
        Options.Add(_ask);
    }

    public override async Task<int> RunAsync(VerbContext context)
    {
        var name = context.Get(_name)!;
        var password = context.Get(_ask) ? AccessOptions.AskPassword(context, $"New password of {name}: ") : null;
        UsersAddVerb.Show(context, await context.Admin.SendAsync<NewPassword, UserPassword>(
            HttpMethod.Put, $"users/{AdminPath.Segment(name)}/password", new NewPassword(password), context.Cancel));
        return ExitCode.Ok;
    }
}
