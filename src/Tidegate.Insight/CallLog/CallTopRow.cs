namespace Tidegate.Insight.CallLog;

/// <summary>One value of a dimension.</summary>
/// <param name="Key">The value.</param>
/// <param name="Numbers">Of its calls.</param>
public sealed record CallTopRow(string Key, CallNumbers Numbers)
{
    /// <summary>What models used and cost in them; null where no model was called.</summary>
    public UseNumbers? Use { get; init; }
}
