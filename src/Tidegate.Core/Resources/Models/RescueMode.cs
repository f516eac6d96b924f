namespace Tidegate.Core.Resources.Models;

/// <summary>What to do when a stream breaks after the caller has seen some of it.</summary>
public enum RescueMode
{
    /// <summary>An error in the stream, in the caller's format.</summary>
    None,

    /// <summary>Nothing is shown before the whole answer is there: a broken one is tried again unseen.</summary>
    Hold,
}
