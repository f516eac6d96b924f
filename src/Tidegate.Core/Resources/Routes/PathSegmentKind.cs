namespace Tidegate.Core.Resources.Routes;

/// <summary>What a segment of a path template takes.</summary>
public enum PathSegmentKind
{
    /// <summary>Exactly this text.</summary>
    Literal,
    /// <summary>Any one segment that is not empty: <c>{id}</c>.</summary>
    Parameter,
    /// <summary>All that is left, also nothing: <c>{**rest}</c>. Only at the end.</summary>
    CatchAll,
}
