namespace Tidegate.Models.Chat;

/// <summary>Rules of <see cref="ToolChoice"/>.</summary>
public enum ToolChoiceMode
{
    /// <summary>The model decides.</summary>
    Auto,

    /// <summary>No tool.</summary>
    None,

    /// <summary>At least one.</summary>
    Required,

    /// <summary>This one.</summary>
    Named,
}
