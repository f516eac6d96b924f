namespace Tidegate.Insight.Reports;

/// <summary>What a program outside said in a month. It is not of an objective, and used no budget.</summary>
public sealed record ReportedSender
{
    /// <summary>The way it said it: <c>alertmanager</c>, <c>webhook</c> or <c>pagerduty</c>.</summary>
    public required string Origin { get; init; }

    /// <summary>Host of the links in its alerts, which mostly is the program that found something; empty when they have none.</summary>
    public required string Sender { get; init; }

    /// <summary>Service that its alerts name; empty for those that name none.</summary>
    public required string Service { get; init; }

    /// <summary>Pages that began to fire in the month.</summary>
    public required int Pages { get; init; }

    /// <summary>Tickets that began to fire in the month.</summary>
    public required int Tickets { get; init; }
}
