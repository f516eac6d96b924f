using Tidegate.Platform.Hosting;
using Tidegate.Platform.Security.Users;

namespace Tidegate.Platform.Security;

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

/// <summary>A user to add.</summary>
/// <param name="Name">Name to log in with.</param>
/// <param name="Role">viewer, operator or admin.</param>
/// <param name="Password">12 to 256 characters; null: a random one is made.</param>
public sealed record NewUser(string Name, Role Role, string? Password = null);

/// <summary>A password to set.</summary>
/// <param name="Password">12 to 256 characters; null: a random one is made.</param>
public sealed record NewPassword(string? Password = null);

/// <summary>A user whose password was set.</summary>
/// <param name="User">The user.</param>
/// <param name="Password">The random password when none was given: shown this once.</param>
public sealed record UserPassword(UserView User, string? Password);

/// <summary>A role to set.</summary>
/// <param name="Role">viewer, operator or admin.</param>
public sealed record RoleChange(Role Role);

/// <summary>Locking out.</summary>
/// <param name="Disabled">True: neither login nor tokens work.</param>
public sealed record DisabledChange(bool Disabled);
