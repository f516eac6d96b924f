using Tidegate.Platform.Hosting;

namespace Tidegate.Platform.Security.Users;

/// <summary>A user as the API shows it.</summary>
/// <param name="Name">Name to log in with.</param>
/// <param name="Role">What they may do at most.</param>
/// <param name="Disabled">Neither login nor tokens work.</param>
/// <param name="CreatedAt">When added.</param>
/// <param name="PasswordChangedAt">When the password was last set.</param>
/// <param name="LastLoginAt">Last login by password; null for never.</param>
public sealed record UserView(string Name, Role Role, bool Disabled, DateTimeOffset CreatedAt, DateTimeOffset PasswordChangedAt, DateTimeOffset? LastLoginAt)
{
    internal static UserView Of(User user) => new(user.Name, user.Role, user.Disabled, user.CreatedAt, user.PasswordChangedAt, user.LastLoginAt);
}
