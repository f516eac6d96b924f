namespace Tidegate.Platform.Hosting;

/// <summary>Roles, each including those before it.</summary>
public enum Role
{
    /// <summary>Reads everything but secrets.</summary>
    Viewer,
    /// <summary>Changes configuration and keys.</summary>
    Operator,
    /// <summary>Manages people and tokens.</summary>
    Admin,
}
