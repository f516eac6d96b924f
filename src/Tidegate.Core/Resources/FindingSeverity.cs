namespace Tidegate.Core.Resources;

/// <summary>How bad a <see cref="Finding"/> is.</summary>
public enum FindingSeverity
{
    /// <summary>The document is refused.</summary>
    Error,
    /// <summary>The document is taken; its author should look.</summary>
    Warning,
}
