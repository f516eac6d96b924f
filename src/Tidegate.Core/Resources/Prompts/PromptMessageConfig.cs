namespace Tidegate.Core.Resources.Prompts;

/// <summary>One message of a prompt.</summary>
public sealed record PromptMessageConfig
{
    /// <summary>Who says it. Fixed here: no value can change it.</summary>
    public PromptRole Role { get; init; } = PromptRole.User;

    /// <summary>What is said, in the Liquid language: <c>{{ name }}</c>, <c>{% if name %}...{% endif %}</c>, <c>{% for item in list %}...{% endfor %}</c>. Values are data: what they say is never a template.</summary>
    public required string Template { get; init; }
}
