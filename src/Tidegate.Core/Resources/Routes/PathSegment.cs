namespace Tidegate.Core.Resources.Routes;

/// <summary>One segment of a <see cref="PathTemplate"/>.</summary>
/// <param name="Kind">What it takes.</param>
/// <param name="Text">The literal text, or the name of the parameter.</param>
public readonly record struct PathSegment(PathSegmentKind Kind, string Text);
