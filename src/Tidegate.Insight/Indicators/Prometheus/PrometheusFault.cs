namespace Tidegate.Insight.Indicators.Prometheus;

/// <summary>What is to be done when a server does not answer as it should.</summary>
internal enum PrometheusFault
{
    /// <summary>Nobody there: the others that ask it need not try now.</summary>
    Unreachable,

    /// <summary>The query is at fault, or the answer: asking again at once brings the same.</summary>
    Answer,

    /// <summary>It was too much at once: ask for less.</summary>
    TooMuch,

    /// <summary>No answer in time, or the error of something in between: the query may be too much for it, or nobody is there after all.</summary>
    Silent,
}
