using Tidegate.Platform.Hosting;

namespace Tidegate.Platform.Security.Access;

/// <summary>Roles as the wire and the database spell them.</summary>
internal static class RoleWord
{
    public static string Of(Role role) => role switch
    {
        Role.Viewer => "viewer",
        Role.Operator => "operator",
        _ => "admin",
    };

    public static Role Parse(string word) => word switch
    {
        "viewer" => Role.Viewer,
        "operator" => Role.Operator,
        "admin" => Role.Admin,
        _ => throw new FormatException($"'{word}' is not a role."),
    };
}
