namespace Tidegate.Core.Resources.OpenSlo;

/// <summary>What the operators mean.</summary>
public static class Comparison
{
    /// <summary>True when a value stands to a border as the operator says.</summary>
    public static bool Holds(this ComparisonOperator op, double value, double border) => op switch
    {
        ComparisonOperator.GreaterOrEqual => value >= border,
        ComparisonOperator.Less => value < border,
        ComparisonOperator.Greater => value > border,
        _ => value <= border,
    };

    /// <summary>The operator in a sentence: <c>at most</c>.</summary>
    public static string Words(this ComparisonOperator op) => op switch { ComparisonOperator.GreaterOrEqual => "at least", ComparisonOperator.Less => "below", ComparisonOperator.Greater => "above", _ => "at most" };
}
