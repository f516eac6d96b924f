namespace Tidegate.Core.Resources.Routes;

/// <summary>When a kept answer is given.</summary>
public enum StaleServe
{
    /// <summary>When no attempt, and no fallback service, gave an answer to pass on; before a fixed answer of the fallback.</summary>
    OnError,

    /// <summary>Whenever there is one, without asking the service. Made for overlays in an emergency.</summary>
    Always,

    /// <summary>Not at all. Answers are kept all the same, for an overlay that says otherwise.</summary>
    Never,
}
