using Tidegate.Cli;
using Tidegate.Platform.Security;

namespace Tidegate.Verbs.Access;

/// <summary><c>tidegate users list</c>.</summary>
internal sealed class UsersListVerb() : AdminVerb("list", "List users.")
{
    public override async Task<int> RunAsync(VerbContext context)
    {
        var users = await context.Admin.ItemsAsync<UserView>("users", context.Cancel).ToListAsync(context.Cancel);
        context.ShowList(
            users,
            "No users.",
            new Column<UserView>("NAME", user => user.Name),
            new Column<UserView>("ROLE", user => user.Role.ToString().ToLowerInvariant()),
            new Column<UserView>("STATE", user => user.Disabled ? "disabled" : "active") { Style = user => user.Disabled ? "grey" : "green" },
            new Column<UserView>("LAST LOGIN", user => AccessOptions.Shown(user.LastLoginAt)));
        return ExitCode.Ok;
    }
}
