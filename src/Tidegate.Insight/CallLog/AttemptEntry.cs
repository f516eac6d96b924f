namespace Tidegate.Insight.CallLog;

/// <summary>An attempt as the API shows it. Times in microseconds from the start of the call.</summary>
public sealed record AttemptEntry(int Index, string Destination, long StartUs, long DurationUs, int Status, string Outcome, string Kind, string Error)
{
    /// <summary>What the model used and cost; null where no model was called.</summary>
    public UseEntry? Use { get; init; }
}
