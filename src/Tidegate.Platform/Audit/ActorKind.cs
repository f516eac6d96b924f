namespace Tidegate.Platform.Audit;

/// <summary>What kind of identity acted.</summary>
public enum ActorKind
{
    /// <summary>A person, logged in.</summary>
    User,
    /// <summary>A program, with an API token.</summary>
    Token,
    /// <summary>The process itself.</summary>
    System,
    /// <summary>Somebody without a login (a login attempt).</summary>
    Anonymous,
}
