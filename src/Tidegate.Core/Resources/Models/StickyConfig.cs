namespace Tidegate.Core.Resources.Models;

/// <summary>
/// Keeps a conversation at one target, where the provider's cache knows it, as long as that target is well. A conversation is told by <see cref="Header"/>, else by the request's
/// <c>prompt_cache_key</c>, else by its <c>user</c>, else by its consumer and how it begins: the standing instructions and the first words of the user.
/// </summary>
public sealed record StickyConfig
{
    /// <summary>Header that names the conversation. Null (default): none does.</summary>
    public string? Header { get; init; }
}
