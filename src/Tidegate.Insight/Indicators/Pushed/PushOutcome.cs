namespace Tidegate.Insight.Indicators.Pushed;

/// <summary>What became of a push.</summary>
internal enum PushOutcome
{
    /// <summary>It is counted, on disk.</summary>
    Counted,

    /// <summary>It was counted before.</summary>
    Again,

    /// <summary>Its key was used for something else.</summary>
    Different,
}
