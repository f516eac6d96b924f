using System.CommandLine;

namespace Tidegate.Verbs.Access;

/// <summary>The verbs that have sub-verbs: keys, tokens, users.</summary>
internal static class AccessVerbs
{
    public static Command Keys => new("keys", "Issue and revoke the API keys callers use.") { new KeysCreateVerb(), new KeysListVerb(), new KeysRotateVerb(), new KeysRevokeVerb(), new KeysHashVerb() };

    public static Command Tokens => new("tokens", "Make and revoke tokens for the admin API.") { new TokensCreateVerb(), new TokensListVerb(), new TokensRevokeVerb() };

    public static Command Users => new("users", "Manage the people who may log in.") { new UsersListVerb(), new UsersAddVerb(), new UsersPasswordVerb(), new UsersRoleVerb(), new UsersRemoveVerb() };
}
