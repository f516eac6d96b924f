namespace Tidegate.Core.Resources.Diff;

/// <summary>What became of an object.</summary>
public enum ChangeKind
{
    /// <summary>It is new.</summary>
    Added,
    /// <summary>It is gone.</summary>
    Removed,
    /// <summary>It says something else.</summary>
    Changed,
}
