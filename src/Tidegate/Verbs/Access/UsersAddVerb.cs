using System.CommandLine;
using Tidegate.Cli;
using Tidegate.Platform.Hosting;
using Tidegate.Platform.Security;

namespace Tidegate.Verbs.Access;

/// <summary><c>tidegate users add</c>.</summary>
internal sealed class UsersAddVerb : AdminVerb
{
    private readonly Argument<string> _name = new("name") { Description = "Name to log in with" };
    private readonly Option<Role?> _role = AccessOptions.Role("What they may do at most [default: viewer]");
    private readonly Option<bool> _ask = new("--ask-password") { Description = "Type the password (or pipe it in) instead of getting a random one" };

    public UsersAddVerb()
        : base("add", "Add a user; a random password is shown this once.")
    {
        Arguments.Add(_name);
        Options.Add(_role);
        Options.Add(_ask);
    }

    public override IReadOnlyList<string> Examples => ["users add ada --role operator"];

    public override async Task<int> RunAsync(VerbContext context)
    {
        var name = context.Get(_name)!;
        var password = context.Get(_ask) ? AccessOptions.AskPassword(context, $"Password of {name}: ") : null;
        var made = await context.Admin.SendAsync<NewUser, UserPassword>(HttpMethod.Post, "users", new NewUser(name, context.Get(_role) ?? Role.Viewer, password), context.Cancel);
        Show(context, made);
        return ExitCode.Ok;
    }

    internal static void Show(VerbContext context, UserPassword made)
    {
        if (context.Output != OutputFormat.Table)
        {
            context.ShowObject(made);
            return;
        }

        if (made.Password is not null) context.Terminal.Out.WriteLine(made.Password);
        context.Say($"{made.User.Name} ({made.User.Role.ToString().ToLowerInvariant()}): the password is set{(made.Password is null ? "." : "; it is shown this once.")}");
    }
}
