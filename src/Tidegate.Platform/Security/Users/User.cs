using Tidegate.Platform.Hosting;

namespace Tidegate.Platform.Security.Users;

/// <summary>A row of <c>security_users</c>.</summary>
internal sealed class User
{
    public required string Name { get; init; }

    public required Role Role { get; set; }

    public required string PasswordHash { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset PasswordChangedAt { get; set; }

    public DateTimeOffset? LastLoginAt { get; set; }

    /// <summary>May not log in; tokens do not work either.</summary>
    public bool Disabled { get; set; }
}
