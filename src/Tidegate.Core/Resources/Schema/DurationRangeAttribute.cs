namespace Tidegate.Core.Resources.Schema;

/// <summary>Legal span of a duration, in the notation of the document: <c>[DurationRange("1ms", "1h")]</c>.</summary>
/// <param name="minimum">Least legal value.</param>
/// <param name="maximum">Greatest legal value.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class DurationRangeAttribute(string minimum, string maximum) : Attribute
{
    /// <summary>Least legal value.</summary>
    public string Minimum { get; } = minimum;

    /// <summary>Greatest legal value.</summary>
    public string Maximum { get; } = maximum;
}
