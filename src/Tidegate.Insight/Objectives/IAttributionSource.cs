namespace Tidegate.Insight.Objectives;

/// <summary>A module that knows of times in which budgets are used: incidents, releases, experiments. Each registers one.</summary>
public interface IAttributionSource
{
    /// <summary>The word of the question: <c>incident</c>, <c>release</c>.</summary>
    string By { get; }

    /// <summary>The times that have to do with an objective and touch a range, in the order in which they take precedence: a moment belongs to the first that covers it.</summary>
    Task<IReadOnlyList<AttributionSpan>> BetweenAsync(ObjectiveStatus objective, DateTimeOffset from, DateTimeOffset until, CancellationToken cancel);
}
