namespace Tidegate.Core.Resources.Models;

/// <summary>What to do when a stream breaks after the caller has seen some of it.</summary>
public enum RescueMode
{
    /// <summary>An error in the stream, in the caller's format.</summary>
    None,

    /// <summary>Nothing is shown before the whole answer is there: a broken one is tried again unseen.</summary>
    Hold,

    /// <summary>The next target that can goes on where the text ended: it is given the begun answer as its own words. The text may change its tone, never its begin.</summary>
    Prefill,

    /// <summary>The next target answers anew; if its text begins with exactly what the caller has, the rest follows, else an error in the stream. For answers without chance in them.</summary>
    Splice,
}
