namespace Tidegate.Core.Resources.Models;

/// <summary>Of which calls the bodies are kept.</summary>
public enum BodiesKeep
{
    /// <summary>Of none.</summary>
    Off,

    /// <summary>Of calls that did not end <c>ok</c>; callers who left are not among them.</summary>
    OnFailure,

    /// <summary>Of a share of the calls, chosen by chance when they begin.</summary>
    Sampled,

    /// <summary>Of all.</summary>
    All,
}
