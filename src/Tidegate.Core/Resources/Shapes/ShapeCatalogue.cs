using System.Collections.Concurrent;

namespace Tidegate.Core.Resources.Shapes;

/// <summary>Finds the shape of a type. Records are looked at once per process.</summary>
internal static class ShapeCatalogue
{
    private static readonly ConcurrentDictionary<Type, RecordShape> Records = new();

    private static readonly Func<Type, Constraints, ValueShape?>[] Shapes =
    [
        BooleanShape.For,
        IntegerShape.For,
        NumberShape.For,
        DecimalShape.For,
        StringShape.For,
        EnumShape.For,
        DurationShape.For,
        DurationShorthandShape.For,
        LocalTimeShape.For,
        FreeShape.For,
        ByteSizeShape.For,
        UriShape.For,
        InstantShape.For,
        ListShape.For,
        MapShape.For,
        LabelsShape.For,
        VariantShape.For,
        JsonShape.For,
        RecordShape.For,
    ];

    public static ValueShape Of(Type type, Constraints constraints) =>
        Shapes.Select(shape => shape(Nullable.GetUnderlyingType(type) ?? type, constraints)).FirstOrDefault(s => s is not null)
        ?? throw new NotSupportedException($"Configuration records cannot hold a {type}.");

    public static RecordShape OfRecord(Type type) => Records.GetOrAdd(type, static t => new RecordShape(t));
}
