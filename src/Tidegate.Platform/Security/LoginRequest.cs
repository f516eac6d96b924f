using Tidegate.Platform.Hosting;

namespace Tidegate.Platform.Security;

/// <summary>Body of a login.</summary>
/// <param name="User">Name.</param>
/// <param name="Password">Password.</param>
public sealed record LoginRequest(string User, string Password);

/// <summary>Answer of a login; the session itself is in the cookie.</summary>
/// <param name="User">Who is logged in.</param>
/// <param name="Role">Their role.</param>
/// <param name="Csrf">To be sent as <c>X-Tidegate-Csrf</c> with every request that changes something.</param>
/// <param name="ExpiresAt">When the session ends at the latest; after an hour without use it ends too.</param>
public sealed record LoginAnswer(string User, Role Role, string Csrf, DateTimeOffset ExpiresAt);

/// <summary>Who one is.</summary>
/// <param name="User">User, or owner of the token.</param>
/// <param name="Role">What one may do at most.</param>
/// <param name="By"><c>session</c> or <c>token</c>.</param>
/// <param name="Credential">Public id of it.</param>
/// <param name="ExpiresAt">When it ends; null: never.</param>
/// <param name="Permissions">Names of all permissions one has.</param>
/// <param name="Csrf">Of a session: see login.</param>
public sealed record MeAnswer(string User, Role Role, string By, string Credential, DateTimeOffset? ExpiresAt, IReadOnlyList<string> Permissions, string? Csrf);

/// <summary>A change of one's own password.</summary>
/// <param name="Current">The present one.</param>
/// <param name="Password">The new one: 12 to 256 characters.</param>
public sealed record PasswordChange(string Current, string Password);
