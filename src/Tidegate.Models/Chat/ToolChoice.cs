namespace Tidegate.Models.Chat;

/// <summary>Whether tools may be called.</summary>
/// <param name="Mode">The rule.</param>
/// <param name="Name">The tool, with <see cref="ToolChoiceMode.Named"/>.</param>
public sealed record ToolChoice(ToolChoiceMode Mode, string? Name = null);
