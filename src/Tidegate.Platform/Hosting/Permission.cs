namespace Tidegate.Platform.Hosting;

/// <summary>One thing an identity may be allowed to do.</summary>
/// <param name="Name"><c>area.verb</c>, for example <c>config.apply</c>. Token scopes are permission names.</param>
/// <param name="Least">The least role that has it.</param>
/// <param name="Description">What it allows, in one sentence.</param>
public sealed record Permission(string Name, Role Least, string Description);
