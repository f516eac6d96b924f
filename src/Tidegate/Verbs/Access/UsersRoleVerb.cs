using System.CommandLine;
using Tidegate.Cli;
using Tidegate.Platform.Hosting;
using Tidegate.Platform.Security;

namespace Tidegate.Verbs.Access;

/// <summary><c>tidegate users role</c>.</summary>
internal sealed class UsersRoleVerb : AdminVerb
{
    private readonly Argument<string> _name = new("name") { Description = "The user" };
    private readonly Argument<Role?> _role = new("role")
    {
        Description = "viewer, operator or admin",
        HelpName = "role",
        CustomParser = result => AccessOptions.ParseRole(result.Tokens[0].Value, result.AddError),
    };

    public UsersRoleVerb()
        : base("role", "Change what a user may do.")
    {
        Arguments.Add(_name);
        Arguments.Add(_role);
    }

    public override async Task<int> RunAsync(VerbContext context)
    {
        var name = context.Get(_name)!;
        var user = await context.Admin.SendAsync<RoleChange, UserView>(HttpMethod.Put, $"users/{AdminPath.Segment(name)}/role", new RoleChange(context.Get(_role)!.Value), context.Cancel);
        context.Say($"{user.Name} is {user.Role.ToString().ToLowerInvariant()} now.");
        return ExitCode.Ok;
    }
}
