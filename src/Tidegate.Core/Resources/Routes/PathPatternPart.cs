namespace Tidegate.Core.Resources.Routes;

/// <summary>A part of a <see cref="PathPattern"/>.</summary>
/// <param name="IsParameter">True when <paramref name="Text"/> is the name of a parameter, false when it is literal.</param>
/// <param name="Text">Name or literal text.</param>
public readonly record struct PathPatternPart(bool IsParameter, string Text);
