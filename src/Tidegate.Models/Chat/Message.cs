namespace Tidegate.Models.Chat;

/// <summary>One turn of a conversation.</summary>
/// <param name="Role">Who speaks.</param>
/// <param name="Parts">What is said, in order. Results of tools are parts of a <see cref="MessageRole.Tool"/> message.</param>
public sealed record Message(MessageRole Role, IReadOnlyList<Part> Parts)
{
    /// <summary>Name of the speaker, where the caller's format knows one.</summary>
    public string? Name { get; init; }
}
