using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using Tidegate.Core.Resources.Schema;

namespace Tidegate.Core.Resources.Shapes;

/// <summary>What the attributes of a property allow. An annotation that nobody enforces is refused here, not ignored.</summary>
internal sealed record Constraints
{
    public static Constraints None { get; } = new();

    public long? Minimum { get; private init; }

    public long? Maximum { get; private init; }

    public double? LeastNumber { get; private init; }

    public double? GreatestNumber { get; private init; }

    public int MinimumLength { get; private init; }

    public int MaximumLength { get; private init; } = int.MaxValue;

    public string? Pattern { get; private init; }

    /// <summary>The same in words, for people.</summary>
    public string? PatternInWords { get; private init; }

    public IReadOnlyList<object> Allowed { get; private init; } = [];

    public DurationRangeAttribute? Duration { get; private init; }

    public bool ByteSize { get; private init; }

    public bool Minutes { get; private init; }

    public IReadOnlyList<Type> FreeKeys { get; private init; } = [];

    public SecretAttribute? Secret { get; private init; }

    public ReferenceAttribute? Reference { get; private init; }

    public static Constraints Of(PropertyInfo property) => property.GetCustomAttributes().Aggregate(None, (sum, attribute) => attribute switch
    {
        RangeAttribute { Minimum: double least, Maximum: double greatest } when (Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType) is var type && (type == typeof(double) || type == typeof(decimal)) => sum with { LeastNumber = least, GreatestNumber = greatest },
        RangeAttribute range => sum with { Minimum = Whole(range.Minimum), Maximum = Whole(range.Maximum) },
        MinLengthAttribute length => sum with { MinimumLength = length.Length },
        MaxLengthAttribute length => sum with { MaximumLength = length.Length },
        RegularExpressionAttribute pattern => sum with { Pattern = pattern.Pattern, PatternInWords = pattern.ErrorMessage },
        AllowedValuesAttribute allowed => sum with { Allowed = [.. allowed.Values.Select(v => v!)] },
        DurationRangeAttribute duration => sum with { Duration = duration },
        ByteSizeAttribute => sum with { ByteSize = true },
        FreeKeysAttribute keys => sum with { FreeKeys = keys.Records },
        MinutesAllowedAttribute => sum with { Minutes = true },
        SecretAttribute secret => sum with { Secret = secret },
        ReferenceAttribute reference => sum with { Reference = reference },
        ValidationAttribute => throw new NotSupportedException($"{property.DeclaringType}.{property.Name}: {attribute.GetType().Name} is not enforced by the document reader."),
        _ => sum,
    });

    // A bound given as long.MaxValue reaches the attribute as a double and comes back one too large.
    private static long Whole(object bound) => bound is double number && number >= long.MaxValue ? long.MaxValue : Convert.ToInt64(bound, CultureInfo.InvariantCulture);
}
